/// The options of the verbs that can learn from pages without labels.
enum UnlabelledChoices {
  static let options: [CommandSpecification.Option] = [
    .init(
      "unlabelled", value: "PAGES",
      help:
        "Learn from pages without labels too, by expectation maximisation: plain text, or JSON Lines with a field text. Where few pages are labelled it helps. May be given again.",
      isRepeatable: true),
    .init(
      "unlabelled-weight", value: "W",
      help: "How much a line of those counts beside one of a labelled page. (default: 0.1)"),
  ]

  private static let defaultWeight = 0.1

  /// How much a line without a label counts.
  /// - Throws: a usage error if it is out of its range, or stands without `--unlabelled`.
  static func weight(_ arguments: ParsedArguments) throws(CommandError) -> Double {
    let weight = try arguments.number("unlabelled-weight", in: 0...1)
    guard weight == nil || arguments.has("unlabelled") else {
      throw .usage("--unlabelled-weight goes with --unlabelled")
    }
    return weight ?? defaultWeight
  }
}
