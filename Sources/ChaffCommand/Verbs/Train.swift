import Chaff
import ChaffTraining
import Foundation

/// `chaff train`: labelled pages in, a model file out.
enum Train: Verb {
  private static let defaults = TrainingOptions()

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
      .init("output", value: "MODEL", help: "Where to write the model. Needed."),
      .init(
        "smoothing", value: "MU",
        help:
          "Pseudo-counts of the background in words and bigrams. (default: \(Int(defaults.smoothing[0])))"),
      .init(
        "minimum-pages", value: "N",
        help: "On how many pages a word or bigram must stand. (default: \(defaults.minimumPages[0]))"),
      .init("feature-limit", value: "N", help: "The most features to keep. (default: \(defaults.featureLimit))"),
      .init("folds", value: "N", help: "Folds that the weights are fitted on. (default: \(defaults.folds))"),
      .init("iterations", value: "N", help: "Steps of that fit. (default: \(defaults.iterations))"),
      .init(
        "without", value: "PART",
        help:
          "Leave a part out, to see what it brings: words, bigrams, shape, forms or lengths; may be given again.",
        isRepeatable: true),
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    guard let output = arguments.value("output") else { throw .usage("train: --output MODEL is needed") }
    let options = try options(arguments)
    let start = ContinuousClock.now
    let pages = try LabelledInput.read(arguments.arguments)
    let result: Trainer.Result
    do throws(Trainer.Failure) {
      var bar = ProgressBar(isShown: context.isMessageTerminal)
      defer { bar.clear() }
      result = try Trainer.train(pages, options: options) { bar.show($0) }
    } catch {
      switch error {
      case .noRows: throw CommandError(.badData, "no labelled rows to train on")
      case .tooManyLabels(let count, let limit):
        throw CommandError(.badData, "\(count) labels; a model has at most \(limit)")
      }
    }
    try AtomicFile.write(result.bytes, to: output)
    try context.print(summary(result, output, ContinuousClock.now - start))
  }

  private static func summary(_ result: Trainer.Result, _ output: String, _ time: Duration) -> String {
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

  private static func options(_ arguments: ParsedArguments) throws(CommandError) -> TrainingOptions {
    var options = defaults
    if let value = try arguments.number("smoothing", in: 0.001...1e6) {
      for block in FeatureBlock.hashed.indices { options.smoothing[block] = value }
    }
    if let value = try arguments.integer("minimum-pages", in: 1...1_000_000) {
      for block in FeatureBlock.hashed.indices { options.minimumPages[block] = value }
    }
    if let value = try arguments.integer("feature-limit", in: 1...10_000_000) { options.featureLimit = value }
    if let value = try arguments.integer("folds", in: 2...100) { options.folds = value }
    if let value = try arguments.integer("iterations", in: 0...10_000) { options.iterations = value }
    let parts = ["words", "bigrams", "shape", "forms", "lengths"]
    for part in arguments.all("without") {
      guard parts.contains(part) else {
        throw .usage("--without is one of \(parts.joined(separator: ", ")), not '\(part)'")
      }
      switch part {
      case "forms": options.usesForms = false
      case "lengths": options.isLengthAware = false
      default: options.without.insert(part)
      }
    }
    return options
  }
}
