import Chaff

/// `chaff explain`: why each line was judged as it was.
enum Explain: Verb {
  private static let strongest = 4
  private static let inputOptions = ["model", "input", "field", "lines-alone"]

  static let specification = CommandSpecification(
    verb: "explain",
    overview: """
      Tell why each line was judged as it was.

      For each line, what every feature, the lines around it and the labels' shares add to the log-odds of its label's \
      category against the runner-up's, in nats (1 nat is a factor of 2.7). The parts add up to the score. \
      Each object of JSON Lines is a page of its own.
      """,
    argumentUsage: "[FILE|TEXT]",
    argumentHelp: [
      (
        "FILE|TEXT",
        "A page as plain text, or JSON Lines; - is standard input; or, if it has a space and is no file, the text itself. (default: -)"
      )
    ],
    argumentCount: 0...1,
    options: InputOptions.specifications.filter { Self.inputOptions.contains($0.name) } + [
      .init("text", value: "TEXT", help: "The text itself, be it one word."),
      .init("against", value: "LABEL", help: "Weigh against this label. (default: the best of the next category)"),
      .init("features", value: "N", help: "How many features for and against to show. (default: \(strongest))"),
      .init("json", help: "Print one JSON object with every part; of JSON Lines, one for each page."),
      TextStyle.option,
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    let style = try TextStyle(arguments, context)
    let count = try arguments.integer("features", in: 0...10_000) ?? strongest
    let options = try InputOptions(arguments)
    let classifier = options.classifier
    let rival = try rival(arguments, classifier)
    let isJSON = arguments.has("json")
    let explainer = PageExplainer(model: classifier.model, linesAlone: options.linesAlone)
    let writer = ExplanationText(labels: classifier.model.labels, style: style, count: count)
    func explain(_ page: PageText) throws(CommandError) {
      let rows = LineSplitter.lines(page.text)
      let explanations = explainer.explanations(rows, against: rival)
      try context.print(
        isJSON
          ? ExplanationJSON.page(page, rows, explanations).json + "\n"
          : (page.line == nil ? "" : writer.head(page))
            + zip(rows, explanations).map { writer.text($0, $1) }.joined())
    }
    if let text = try text(arguments) { return try explain(PageText(file: "text", text: Array(text.utf8))) }
    try options.forEachPage(context, explain)
  }

  private static func rival(_ arguments: ParsedArguments, _ classifier: LineClassifier) throws(CommandError) -> Int? {
    guard let name = arguments.value("against") else { return nil }
    let labels = classifier.model.labels
    if let label = Label(name), let index = labels.index(of: label) { return index }
    let near = Suggestion.nearest(to: name, among: labels.labels.map(\.path)).map { "; did you mean '\($0)'?" } ?? ""
    throw .usage("the model has no label '\(name)'" + near)
  }

  /// The text that stands on the command line itself, if one does.
  private static func text(_ arguments: ParsedArguments) throws(CommandError) -> String? {
    guard let text = arguments.value("text") else {
      guard let name = arguments.arguments.first, name.contains(where: \.isWhitespace) else { return nil }
      return System.kind(name) == nil ? name : nil
    }
    guard arguments.arguments.isEmpty else { throw .usage("--text and a file exclude each other") }
    for option in ["input", "field"] where arguments.has(option) {
      throw .usage("--text and --\(option) exclude each other")
    }
    return text
  }
}
