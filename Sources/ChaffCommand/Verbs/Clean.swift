import Chaff

/// `chaff clean`: the article's lines alone.
enum Clean: Verb {
  private static let defaultKept = "content"

  static let specification = CommandSpecification(
    verb: "clean",
    overview: """
      Print the lines of the article and drop the rest. Kept lines keep their bytes and their order.

      Losing article text is dearer than leaving a nag, so a line is dropped only if the probability of the kept \
      labels is below a threshold that was fitted in training.
      """,
    argumentUsage: "[FILE…]",
    argumentHelp: [("FILE", "Pages as plain text or JSON Lines; - is standard input. (default: -)")],
    argumentCount: 0...Int.max,
    options: InputOptions.specifications + [
      .init(
        "keep", value: "LABEL", help: "Keep this category or label; may be given again. (default: \(defaultKept))",
        isRepeatable: true),
      .init(
        "drop", value: "LABEL", help: "Drop this category or label, keep all others; may be given again.",
        isRepeatable: true),
      .init("threshold", value: "P", help: "Keep a line from this probability on. (default: the model's)"),
      .init("careful", help: "Lose less of the article: a tenth of the model's threshold."),
      .init("aggressive", help: "Leave fewer nags: keep a line only if it is more likely kept than not."),
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    let options = try InputOptions(arguments)
    let threshold = try threshold(arguments, options.classifier)
    let isKept = try keptLabels(arguments, options.classifier.model.labels)
    try options.run(
      CleanWriter(isKept: isKept, threshold: threshold), json: .clean(isKept: isKept, threshold: threshold), context)
  }

  private static func threshold(
    _ arguments: ParsedArguments, _ classifier: LineClassifier
  ) throws(CommandError) -> Float {
    let given = ["threshold", "careful", "aggressive"].filter { arguments.has($0) }
    guard given.count <= 1 else { throw .usage("--\(given[0]) and --\(given[1]) exclude each other") }
    if let threshold = try arguments.number("threshold", in: 0...1) { return Float(threshold) }
    if arguments.has("careful") { return Float(classifier.cleanThreshold / 10) }
    return arguments.has("aggressive") ? 0.5 : Float(classifier.cleanThreshold)
  }

  private static func keptLabels(_ arguments: ParsedArguments, _ labels: LabelSet) throws(CommandError) -> [Bool] {
    let keep = arguments.all("keep")
    let drop = arguments.all("drop")
    for name in keep + drop where !labels.members(of: [name]).contains(true) {
      let known = labels.categories + labels.labels.map(\.path)
      let near = Suggestion.nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
      throw .usage("the model has no label '\(name)'" + near)
    }
    if drop.isEmpty && keep.isEmpty && labels.categoryIndex(defaultKept) == nil {
      throw .usage("the model has no label '\(defaultKept)'; say what to keep with --keep or what to drop with --drop")
    }
    if drop.isEmpty { return labels.members(of: keep.isEmpty ? [defaultKept] : keep) }
    let kept = keep.isEmpty ? labels.labels.map { _ in true } : labels.members(of: keep)
    return zip(kept, labels.members(of: drop)).map { $0 && !$1 }
  }
}
