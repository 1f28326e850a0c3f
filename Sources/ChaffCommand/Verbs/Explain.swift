import Chaff

/// `chaff explain`: why each line was judged as it was.
enum Explain: Verb {
  private static let strongest = 4

  static let specification = CommandSpecification(
    verb: "explain",
    overview: """
      Tell why each line was judged as it was.

      For each line, what every feature, the lines around it and the labels' shares add to the log-odds of its label's \
      category against the runner-up's, in nats (1 nat is a factor of 2.7). The parts add up to the score.
      """,
    argumentUsage: "[FILE|TEXT]",
    argumentHelp: [
      (
        "FILE|TEXT",
        "A page as plain text; - is standard input; or, if it has a space and is no file, the text itself. (default: -)"
      )
    ],
    argumentCount: 0...1,
    options: [
      .init("model", value: "MODEL", help: "The model file. (default: the embedded model, \"standard\")"),
      .init("text", value: "TEXT", help: "The text itself, be it one word."),
      .init("lines-alone", help: "Judge each line by itself, not as part of its page."),
      .init("against", value: "LABEL", help: "Weigh against this label. (default: the best of the next category)"),
      .init("features", value: "N", help: "How many features for and against to show. (default: \(strongest))"),
      .init("json", help: "Print one JSON object with every part."),
      TextStyle.option,
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    let style = try TextStyle(arguments, context)
    let count = try arguments.integer("features", in: 0...10_000) ?? strongest
    let classifier = try ModelFile.open(arguments.value("model"))
    let rival = try rival(arguments, classifier)
    let (name, rows) = try page(arguments)
    let explanations = explain(rows, classifier, rival, linesAlone: arguments.has("lines-alone"))
    if arguments.has("json") {
      try context.print(ExplanationJSON.page(name, rows, explanations).json + "\n")
      return
    }
    let writer = ExplanationText(labels: classifier.model.labels, style: style, count: count)
    for (row, explanation) in zip(rows, explanations) { try context.print(writer.text(row, explanation)) }
  }

  private static func rival(_ arguments: ParsedArguments, _ classifier: LineClassifier) throws(CommandError) -> Int? {
    guard let name = arguments.value("against") else { return nil }
    let labels = classifier.model.labels
    if let label = Label(name), let index = labels.index(of: label) { return index }
    let near = Suggestion.nearest(to: name, among: labels.labels.map(\.path)).map { "; did you mean '\($0)'?" } ?? ""
    throw .usage("the model has no label '\(name)'" + near)
  }

  private static func explain(
    _ rows: [[UInt8]], _ classifier: LineClassifier, _ rival: Int?, linesAlone: Bool
  ) -> [LineExplanation?] {
    let model = classifier.model
    let page = PageExplanation(rows, model: model, names: FeatureNames(model), linesAlone: linesAlone)
    return rows.indices.map { row in
      guard let decided = page.decided(row: row) else { return nil }
      return page.explanation(row: row, label: decided.label, against: rival ?? decided.runnerUp)
    }
  }

  /// The rows that are meant, and a name for them.
  private static func page(_ arguments: ParsedArguments) throws(CommandError) -> (String, [[UInt8]]) {
    if let text = arguments.value("text") {
      guard arguments.arguments.isEmpty else { throw .usage("--text and a file exclude each other") }
      return ("text", rows(Array(text.utf8)))
    }
    let name = arguments.arguments.first ?? "-"
    guard !name.hasSuffix(".jsonl"), !name.hasSuffix(".ndjson") else {
      throw .usage("explain reads plain text; 'classify --reasons N' gives JSON Lines their reasons")
    }
    guard name != "-" else { return ("standard input", try rows(System.standardInput, name)) }
    guard let descriptor = System.open(name) else {
      guard !name.contains(where: \.isWhitespace) else { return ("text", rows(Array(name.utf8))) }
      throw CommandError(.noInput, "\(name): \(System.reason)")
    }
    defer { System.close(descriptor) }
    return (name, try rows(descriptor, name))
  }

  private static func rows(_ bytes: [UInt8]) -> [[UInt8]] {
    var rows: [[UInt8]] = []
    bytes.withUnsafeBufferPointer { buffer in
      LineSplitter.forEachLine(buffer) { rows.append(Array(buffer[$0])) }
    }
    return rows
  }

  private static func rows(_ descriptor: Int32, _ file: String) throws(CommandError) -> [[UInt8]] {
    var rows: [[UInt8]] = []
    do throws(EitherFailure<Never>) {
      try LineInput(descriptor: descriptor).forEachLine { (line, _) throws(Never) in rows.append(Array(line)) }
    } catch {
      if case .reading(let reason) = error { throw InputOptions.unreadable(file, reason) }
    }
    return rows
  }
}
