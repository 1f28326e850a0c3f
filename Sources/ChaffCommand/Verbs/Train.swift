import Chaff
import ChaffTraining

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
        "parameters-of", value: "MODEL",
        help: "Take all chosen and fitted numbers from a model instead of fitting them; only counts are new."),
    ] + UnlabelledChoices.options + TrainingChoices.options)

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
    try TrainingRun.run(pages, arguments, to: output, since: start, context)
  }

  /// Options that would have no effect are refused.
  private static func checkCombination(_ arguments: ParsedArguments, isPart: Bool) throws(CommandError) {
    _ = try TrainingChoices.read(arguments)
    _ = try UnlabelledChoices.weight(arguments)
    let base = arguments.value("base")
    guard base != nil || !arguments.has("weight") else { throw .usage("--weight goes with --base") }
    guard (base != nil && !isPart) || !arguments.has("sealed") else { throw .usage("--sealed goes with --base MODEL") }
    let isGiven = arguments.has("parameters-of")
    let hasUnlabelled = arguments.has("unlabelled")
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
}
