import Chaff
import ChaffTraining

/// `chaff merge`: part files in, a model out.
enum Merge: Verb {
  static let specification = CommandSpecification(
    verb: "merge",
    overview: """
      Train a model from pages that 'count' has counted.

      The model is the same, byte for byte, as 'train' makes of all the pages with the same options, for any split of \
      the pages into parts and any order of these.
      """,
    argumentUsage: "PART…",
    argumentHelp: [("PART", "Part files of 'count', or of 'merge --to-part'.")],
    argumentCount: 1...Int.max,
    options: [
      .init("output", value: "FILE", help: "Where to write the model. Needed."),
      .init("to-part", help: "Write one part file of all instead of a model."),
    ] + UnlabelledChoices.options + TrainingChoices.options)

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    guard let output = arguments.value("output") else { throw .usage("merge: --output FILE is needed") }
    _ = try TrainingChoices.read(arguments)
    _ = try UnlabelledChoices.weight(arguments)
    let choices = UnlabelledChoices.options + TrainingChoices.options
    if arguments.has("to-part"), let option = choices.first(where: { arguments.has($0.name) }) {
      throw .usage("--\(option.name) does not go with --to-part: it is chosen when the model is made")
    }
    if !arguments.has("to-part") || output != "-" { try AtomicFile.check(output) }
    let start = ContinuousClock.now
    var parts: [CountedPages] = []
    for path in arguments.arguments { parts.append(try PartInput.read(path)) }
    let merged = CountedPages.merging(parts)
    if arguments.has("to-part") {
      try PartOutput.write(merged, to: output, context)
    } else {
      try TrainingRun.run(merged, arguments, to: output, since: start, context)
    }
  }
}
