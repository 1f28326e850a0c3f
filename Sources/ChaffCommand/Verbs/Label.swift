import Chaff
import ChaffTraining

/// `chaff label`: an annotator in the terminal.
enum LabelVerb: Verb {
  static let specification = CommandSpecification(
    verb: "label",
    overview: """
      Label pages in the terminal, to train on.

      Shows each page with the labels that the model proposes. One key gives a line its label, Enter takes the proposal, \
      arrows move, v begins a run of lines, u undoes, / searches. What is decided is in the output at once, as labelled \
      pages for 'train'; the same command goes on where it was left.
      """,
    argumentUsage: "PAGE…",
    argumentHelp: [("PAGE", "Pages as plain text or JSON Lines; - is standard input.")],
    argumentCount: 1...Int.max,
    options: [
      .init("output", value: "FILE", help: "The labelled pages. Needed."),
      .init(
        "order", value: "ORDER", help: "uncertain: the least certain line comes next; or page. (default: uncertain)"),
    ] + InputOptions.specifications.filter { ["model", "input", "field"].contains($0.name) })

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    guard let output = arguments.value("output") else { throw .usage("label: --output FILE is needed") }
    let name = try arguments.choice(
      "order", of: LabelSession.Order.allCases.map(\.rawValue), default: LabelSession.Order.uncertain.rawValue)
    let options = try InputOptions(arguments)
    var pages = try LabelInput.read(options, context)
    let file = try LabelFile(path: output, pages: &pages)
    defer { file.close() }
    let labels = LabelSet(options.classifier.labels + pages.flatMap { $0.rows.compactMap(Self.label) })
    guard labels.count <= LabelSession.labelKeys.count else {
      throw CommandError(.badData, "\(labels.count) labels; there are keys for \(LabelSession.labelKeys.count)")
    }
    let session = LabelSession(pages: pages, labels: labels.labels, order: .init(rawValue: name) ?? .uncertain)
    let screen = LabelScreen(labels: labels, wantsColour: !context.wantsNoColour)
    let terminal = try Terminal()
    var loop = LabelLoop(session: session, screen: screen, file: file, terminal: terminal)
    let end = loop.run()
    terminal.restore()
    try finish(end, loop, output, context)
  }

  private static func label(_ row: LabelPage.Row) -> Label? {
    guard case .label(let label) = row.choice else { return nil }
    return label
  }

  private static func finish(
    _ end: LabelLoop.End, _ loop: LabelLoop, _ output: String, _ context: CommandContext
  ) throws(CommandError) {
    if case .signal(let number) = end {
      loop.file.close()
      // All is saved: end as the signal asks, so that whoever sent it sees it.
      System.raise(number)
    }
    if let failure = loop.failure { throw failure }
    let done = loop.session.rowCount - loop.session.openCount
    try context.print(
      "\(DecimalText.grouped(done)) of \(DecimalText.grouped(loop.session.rowCount)) lines labelled: \(output)\n")
  }
}
