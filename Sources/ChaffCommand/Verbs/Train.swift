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
      .init("output", value: "MODEL", help: "Where to write the model. Needed."),
      .init(
        "base", value: "FILE",
        help:
          "Add the rows to those of a model ('standard' is the embedded one): its counts grow, its fitted numbers stay. Or to those of a part file of 'count': then all is fitted anew."
      ),
      .init("weight", value: "N", help: "How often each row counts beside the base's. (default: 1)"),
      .init(
        "sealed", help: "Keep no record of rows that were added to a model: smaller, and they cannot be forgotten."),
      .init(
        "unlabelled", value: "PAGES",
        help:
          "Learn from pages without labels too, by expectation maximisation: plain text, or JSON Lines with a field text. Where few pages are labelled it helps. May be given again.",
        isRepeatable: true),
      .init(
        "unlabelled-weight", value: "W",
        help: "How much a line of those counts beside one of a labelled page. (default: 0.1)"),
      .init(
        "parameters-of", value: "MODEL",
        help: "Take all chosen and fitted numbers from a model instead of fitting them; only counts are new."),
    ] + TrainingChoices.options)

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    guard let output = arguments.value("output") else { throw .usage("train: --output MODEL is needed") }
    let weight = try arguments.integer("weight", in: 1...1_000)
    let isPart = try arguments.value("base").map { path throws(CommandError) in try PartInput.isPart(path) } ?? false
    try checkCombination(arguments, isPart: isPart)
    try AtomicFile.check(output)
    let start = ContinuousClock.now
    if let base = arguments.value("base"), !isPart {
      try teach(arguments, base, weight ?? 1, output, context)
      return
    }
    var pages = CountedPages(try LabelledInput.read(arguments.arguments), copies: weight ?? 1)
    if let base = arguments.value("base") { pages = CountedPages.merging([try PartInput.read(base), pages]) }
    guard arguments.all("unlabelled").isEmpty else {
      try trainUnlabelled(pages, arguments, output, start, context)
      return
    }
    let result = try train(pages, arguments, context)
    try ModelFile.write(result.bytes, to: output)
    try context.print(summary(result, output, ContinuousClock.now - start))
  }

  /// Trains with pages without labels beside those with them.
  private static func trainUnlabelled(
    _ pages: CountedPages, _ arguments: ParsedArguments, _ output: String, _ start: ContinuousClock.Instant,
    _ context: CommandContext
  ) throws(CommandError) {
    let weight = try arguments.number("unlabelled-weight", in: 0...1) ?? 0.1
    let options = try TrainingChoices.read(arguments)
    let texts = try UnlabelledInput.read(arguments.all("unlabelled"), context)
    let trained: Trainer.UnlabelledResult
    do throws(Trainer.Failure) {
      var bar = ProgressBar(isShown: context.isMessageTerminal)
      defer { bar.clear() }
      trained = try Trainer.train(pages, unlabelled: texts, weight: weight, options: options) { bar.show($0) }
    } catch {
      throw self.error(error)
    }
    try ModelFile.write(trained.result.bytes, to: output)
    try context.print(summary(trained.result, output, ContinuousClock.now - start))
    let likelihoods = trained.likelihoods.map { DecimalText.fixed($0, decimals: 4) }.joined(separator: ", ")
    try context.print(
      "unlabelled \(DecimalText.grouped(texts.count)) pages, \(trained.steps) steps; held-out log posteriors \(likelihoods)\n"
    )
  }

  /// Options that would have no effect are refused.
  private static func checkCombination(_ arguments: ParsedArguments, isPart: Bool) throws(CommandError) {
    _ = try TrainingChoices.read(arguments)
    let base = arguments.value("base")
    guard base != nil || !arguments.has("weight") else { throw .usage("--weight goes with --base") }
    guard (base != nil && !isPart) || !arguments.has("sealed") else { throw .usage("--sealed goes with --base MODEL") }
    let isGiven = arguments.has("parameters-of")
    let hasUnlabelled = arguments.has("unlabelled")
    guard hasUnlabelled || !arguments.has("unlabelled-weight") else {
      throw .usage("--unlabelled-weight goes with --unlabelled")
    }
    guard !hasUnlabelled || (!isGiven && (base == nil || isPart)) else {
      throw .usage("--unlabelled does not go with \(isGiven ? "--parameters-of" : "--base MODEL")")
    }
    guard base == nil || isPart || !isGiven else { throw .usage("--parameters-of does not go with --base MODEL") }
    guard isGiven || (base != nil && !isPart) else { return }
    for option in TrainingChoices.options where arguments.has(option.name) {
      throw .usage(
        "--\(option.name) does not go with --\(isGiven ? "parameters-of" : "base MODEL"): that model's numbers are kept"
      )
    }
  }

  /// Adds rows to a model's counts.
  private static func teach(
    _ arguments: ParsedArguments, _ base: String, _ weight: Int, _ output: String, _ context: CommandContext
  ) throws(CommandError) {
    let model = try ModelFile.open(base)
    let pages = try LabelledInput.read(arguments.arguments)
    let result: Teacher.Result
    do throws(Teacher.Failure) {
      result = try Teacher.teach(pages, to: model, weight: weight, isSealed: arguments.has("sealed"))
    } catch {
      throw Taught.error(error, base: base)
    }
    try Taught.write(result, to: output, context)
  }

  /// Trains by the command line's options, with a bar that shows how far it is.
  static func train(
    _ pages: CountedPages, _ arguments: ParsedArguments, _ context: CommandContext
  ) throws(CommandError) -> Trainer.Result {
    let options = try TrainingChoices.read(arguments)
    let given = try arguments.value("parameters-of").map { path throws(CommandError) in try ModelFile.open(path) }
    do throws(Trainer.Failure) {
      if let given { return try Trainer.train(pages, parametersOf: given) }
      var bar = ProgressBar(isShown: context.isMessageTerminal)
      defer { bar.clear() }
      return try Trainer.train(pages, options: options) { bar.show($0) }
    } catch {
      throw Self.error(error, parametersOf: arguments.value("parameters-of"))
    }
  }

  /// Why training failed, in words.
  static func error(_ failure: Trainer.Failure, parametersOf model: String? = nil) -> CommandError {
    switch failure {
    case .noRows: CommandError(.badData, "no labelled rows to train on")
    case .tooManyLabels(let count, let limit):
      CommandError(.badData, "\(count) labels; a model has at most \(limit)")
    case .otherLabels: CommandError(.badData, "the labels are not those of \(model ?? "the model")")
    case .model(let reason): CommandError(.badData, "\(model ?? "the model"): \(reason)")
    case .tooManyRows(let count, let limit):
      CommandError(
        .badData, "\(DecimalText.grouped(count)) rows; at most \(DecimalText.grouped(limit)) can be counted")
    case .invalidOption(let name): .usage("the option \(name) is out of its range")
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
