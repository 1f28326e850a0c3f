import Chaff
import ChaffTraining

/// `chaff forget`: takes rows out of a model again that `train --base` added.
enum Forget: Verb {
  static let specification = CommandSpecification(
    verb: "forget",
    overview: """
      Take rows out of a model that 'train --base' added to it.

      A page that was taught as it is goes as a whole, any other row by itself. With the last row gone the model is, byte \
      for byte, the one that was taught first. A row that was never learnt is an error, and nothing is written.
      """,
    argumentUsage: "ROWS…",
    argumentHelp: [("ROWS", "Files, or folders of files, as for 'train'.")],
    argumentCount: 1...Int.max,
    options: [
      .init("base", value: "MODEL", help: "The model that learnt the rows. Needed."),
      .init("output", value: "MODEL", help: "Where to write the model. Needed."),
      .init("weight", value: "N", help: "How often to take each row out. (default: as often as it was learnt)"),
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    guard let output = arguments.value("output") else { throw .usage("forget: --output MODEL is needed") }
    guard let base = arguments.value("base") else { throw .usage("forget: --base MODEL is needed") }
    let weight = try arguments.integer("weight", in: 1...1_000)
    try AtomicFile.check(output)
    let model = try ModelFile.open(base)
    let pages = try LabelledInput.read(arguments.arguments)
    let result: Teacher.Result
    do throws(Teacher.Failure) {
      result = try Teacher.forget(pages, in: model, weight: weight)
    } catch {
      throw Taught.error(error, base: base)
    }
    try Taught.write(result, to: output, context)
  }
}
