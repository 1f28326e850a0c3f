import Chaff
import ChaffTraining
import Foundation

/// `chaff train`: labelled pages in, a model file out.
enum Train: Verb {
  static let specification = CommandSpecification(
    verb: "train",
    overview: """
      Train a model from labelled pages.

      Rows are label, tab, text; a blank row ends a page. The same rows give the same bytes, whatever the order of \
      files.
      """,
    argumentUsage: "DATA…",
    argumentHelp: [
      ("DATA", "Files, or folders of files: labelled pages (.tsv), JSON Lines (.jsonl) or fastText (.fasttext).")
    ],
    argumentCount: 1...Int.max,
    options: [
      .init("output", value: "MODEL", help: "Where to write the model. Needed.")
    ] + TrainingChoices.options)

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    guard let output = arguments.value("output") else { throw .usage("train: --output MODEL is needed") }
    let options = try TrainingChoices.read(arguments)
    let start = ContinuousClock.now
    let pages = try LabelledInput.read(arguments.arguments)
    let result = try train(CountedPages(pages), options, context)
    try AtomicFile.write(result.bytes, to: output)
    try context.print(summary(result, output, ContinuousClock.now - start))
  }

  /// Trains, with a bar that shows how far it is.
  static func train(
    _ pages: CountedPages, _ options: TrainingOptions, _ context: CommandContext
  ) throws(CommandError) -> Trainer.Result {
    do throws(Trainer.Failure) {
      var bar = ProgressBar(isShown: context.isMessageTerminal)
      defer { bar.clear() }
      return try Trainer.train(pages, options: options) { bar.show($0) }
    } catch {
      switch error {
      case .noRows: throw CommandError(.badData, "no labelled rows to train on")
      case .tooManyLabels(let count, let limit):
        throw CommandError(.badData, "\(count) labels; a model has at most \(limit)")
      case .tooManyRows(let count, let limit):
        throw CommandError(
          .badData, "\(DecimalText.grouped(count)) rows; at most \(DecimalText.grouped(limit)) can be counted")
      }
    }
  }

  static func summary(_ result: Trainer.Result, _ output: String, _ time: Duration) -> String {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    return """
      pages     \(DecimalText.grouped(result.pages))\(result.parts > 0 ? " and \(DecimalText.grouped(result.parts)) parts" : "")
      rows      \(DecimalText.grouped(result.rows))
      labels    \(result.labels)
      features  \(DecimalText.grouped(result.keptFeatures)) kept of \(DecimalText.grouped(result.features))
      time      \(DecimalText.fixed(seconds, decimals: 2)) s
      model     \(output), \(DecimalText.size(result.bytes.count))

      """
  }
}
