import Chaff
import ChaffTraining

/// `chaff evaluate`: precision, recall and F1 of a model on labelled pages.
enum Evaluate: Verb {
  static let specification = CommandSpecification(
    verb: "evaluate",
    overview: """
      Compare a model's labels with those of labelled pages.

      Intervals hold the true value in 95 of 100 samples: Wilson's for precision and recall, a bootstrap over pages for \
      F1, accuracy and averages. An undefined figure is n/a.
      """,
    argumentUsage: "DATA…",
    argumentHelp: [
      ("DATA", "Files, or folders of files: labelled pages (.tsv), JSON Lines (.jsonl) or fastText (.fasttext).")
    ],
    argumentCount: 1...Int.max,
    options: [
      .init("model", value: "MODEL", help: "The model file. (default: the embedded model, \"standard\")"),
      .init("json", help: "Print one JSON object."),
      .init("lines-alone", help: "Judge each line by itself, not as part of its page."),
      .init(
        "floor", value: "FIGURE=VALUE",
        help:
          "End with 1 if a figure is lower: accuracy, macro-f1, macro-precision, macro-recall, kind-accuracy, kind-macro-f1, or CLASS.precision, CLASS.recall, CLASS.f1; may be given again.",
        isRepeatable: true),
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    var floors: [Floor] = []
    for text in arguments.all("floor") {
      guard let floor = Floor(text) else {
        throw .usage("--floor is a figure, = and a value from 0 to 1, not '\(text)'")
      }
      floors.append(floor)
    }
    let classifier = try ModelFile.open(arguments.value("model"))
    let pages = try LabelledInput.read(arguments.arguments)
    let evaluation = Evaluation(pages, classifier: classifier, linesAlone: arguments.has("lines-alone"))
    let report = EvaluationReport(evaluation)
    try context.print(arguments.has("json") ? report.json : report.text)
    try check(floors, evaluation, context)
  }

  private static func check(
    _ floors: [Floor], _ evaluation: Evaluation, _ context: CommandContext
  ) throws(CommandError) {
    var isMissed = false
    for floor in floors {
      guard floor.isKnown(to: evaluation) else { throw .usage("--floor: no class of that name in '\(floor.figure)'") }
      guard !floor.isReached(in: evaluation) else { continue }
      isMissed = true
      let value = DecimalText.fixed(floor.value(in: evaluation))
      context.say("floor missed: \(floor.figure) is \(value), at least \(floor.least) was asked for")
    }
    if isMissed { throw CommandError(.floorMissed, nil) }
  }
}
