import Chaff
import ChaffTraining

/// `chaff evaluate`: how good a model is on labelled pages, with intervals.
enum Evaluate: Verb {
  private static let changedLines = 20
  private static let reportErrors = 20

  static let specification = CommandSpecification(
    verb: "evaluate",
    overview: """
      Compare a model's labels with those of labelled pages.

      Intervals hold the true value in 95 of 100 samples: Wilson's for shares of lines, a bootstrap for all other \
      figures, over pages, or over sites where pages name one (a comment "# site NAME" or an address; in JSON Lines also a member "site" or "url"). An undefined \
      figure is n/a.
      """,
    argumentUsage: "DATA…",
    argumentHelp: [
      ("DATA", "Files, or folders of files: labelled pages (.tsv), JSON Lines (.jsonl) or fastText (.fasttext).")
    ],
    argumentCount: 1...Int.max,
    options: [
      .init("model", value: "MODEL", help: "The model file. (default: the embedded model, \"standard\")"),
      .init(
        "cross-validate", value: "K",
        help:
          "Train K models of DATA, each without one K-th of its sites or pages, and measure each on what it has not seen. Parts are trained on but not measured."
      ),
      .init(
        "compare", value: "MODEL",
        help:
          "Compare with another model on the same lines: which is better, by how much, on which kinds. McNemar's p takes lines for independent, which those of one page are not, and so finds differences too easily; trust the paired bootstrap over pages."
      ),
      .init(
        "errors", value: "N",
        help:
          "Show the N worst lines of each kind of confusion, with the strongest reasons (with --compare, N changed lines)."
      ),
      .init(
        "threshold-for", value: "GOAL",
        help:
          "Print the threshold of a category's probability that reaches a goal, as content.recall=0.995 or registration.precision=0.9, and nothing else; may be given again.",
        isRepeatable: true),
      .init("report", value: "FILE", help: "Write a report to look at: one HTML file."),
      .init(
        "report-pages", value: "N",
        help:
          "How many pages the report shows line by line, those with the most wrong lines first. (default: \(PageMapSection.pageLimit), and no more than \(DecimalText.grouped(PageMapSection.lineLimit)) lines)"
      ),
      .init(
        "predictions", value: "FILE",
        help: "Write every line's gold and predicted label and probabilities, as JSON Lines."),
      .init("json", help: "Print one JSON object."),
      .init("lines-alone", help: "Judge each line by itself, not as part of its page."),
      .init("seed", value: "N", help: "The seed of folds and bootstrap. (default: \(Bootstrap.seed))"),
      .init(
        "floor", value: "FIGURE=VALUE",
        help:
          "End with 1 if a figure is lower: accuracy, macro-f1, macro-precision, macro-recall, kind-accuracy, kind-macro-f1, or CLASS.precision, CLASS.recall, CLASS.f1; may be given again.",
        isRepeatable: true),
      TextStyle.option,
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    let request = try EvaluationRequest(arguments, context)
    let pages = try LabelledInput.read(arguments.arguments)
    let subject = try request.evaluate(pages, context)
    let figures = request.figures(subject.evaluation, context)
    if let file = request.predictionFile {
      try AtomicFile.write(PredictionFile.bytes(subject.evaluation), to: file)
    }
    let goals = request.goals.map { goal in
      let curve = figures.curves[subject.evaluation.labels.categoryIndex(goal.category) ?? 0]
      return (goal, curve, goal.point(on: curve))
    }
    if let file = request.reportFile {
      let errors = ShownErrors(figures, count: request.errors ?? reportErrors)
      let report = EvaluationHTML(
        figures: figures, errors: errors, crossValidation: subject.crossValidation, title: request.title(arguments),
        pageLimit: request.reportPages)
      try AtomicFile.write(report.bytes, to: file)
    }
    try print(request, subject, figures, goals, context)
    try check(request.floors, subject.evaluation, context)
  }

  private static func print(
    _ request: EvaluationRequest, _ subject: EvaluationRequest.Subject, _ figures: EvaluationFigures,
    _ goals: [(ThresholdGoal, PrecisionRecallCurve, PrecisionRecallCurve.Point?)], _ context: CommandContext
  ) throws(CommandError) {
    let errors = request.errors.map { ShownErrors(figures, count: $0) }
    let comparison = subject.other.map { other in
      ComparisonReport(
        comparison: Comparison(subject.evaluation, other, seed: request.seed), firstName: request.modelName,
        secondName: request.otherName ?? "", count: request.errors ?? changedLines)
    }
    if request.isJSON {
      let json = EvaluationJSON(
        figures: figures, errors: errors, crossValidation: subject.crossValidation, comparison: comparison, goals: goals
      )
      try context.print(json.value.json + "\n")
    } else if goals.isEmpty {
      var sections: [String] = []
      if let crossValidation = subject.crossValidation { sections.append(crossValidation.text(request.style)) }
      sections.append(EvaluationText(figures, style: request.style).text)
      if let comparison { sections.append(comparison.text(request.style)) }
      if let errors { sections.append(errors.text(request.style)) }
      try context.print(sections.joined(separator: "\n"))
    } else {
      for (goal, curve, point) in goals {
        guard let point else {
          throw CommandError(
            .floorMissed, "no threshold gives \(goal.category) a \(goal.figure.rawValue) of \(goal.value)")
        }
        try context.print("\(Float(point.threshold))\n")
        let recall = DecimalText.fixed(curve.recall(point))
        context.say(
          "\(goal.category) from \(Float(point.threshold)): precision \(DecimalText.fixed(point.precision)), recall \(recall)"
        )
      }
    }
  }

  private static func check(
    _ floors: [Floor], _ evaluation: Evaluation, _ context: CommandContext
  ) throws(CommandError) {
    var isMissed = false
    for floor in floors where !floor.isReached(in: evaluation) {
      isMissed = true
      let value = DecimalText.fixed(floor.value(in: evaluation))
      context.say("floor missed: \(floor.figure) is \(value), at least \(floor.least) was asked for")
    }
    if isMissed { throw CommandError(.floorMissed, nil) }
  }
}
