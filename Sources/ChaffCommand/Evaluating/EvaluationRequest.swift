import Chaff
import ChaffTraining

/// What a command line asks `evaluate` for. Everything that can be wrong with it is found before anything is run.
struct EvaluationRequest {
  /// What was evaluated.
  struct Subject {
    let evaluation: Evaluation
    var other: Evaluation?
    var crossValidation: CrossValidation?
  }

  let style: TextStyle
  let floors: [Floor]
  let goals: [ThresholdGoal]
  let seed: UInt64
  let errors: Int?
  let isJSON: Bool
  let reportFile: String?
  let reportPages: Int?
  let predictionFile: String?
  let modelName: String
  let otherName: String?
  private let linesAlone: Bool
  private let folds: Int?
  private let classifier: LineClassifier?
  private let other: LineClassifier?

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    style = try TextStyle(arguments, context)
    var floors: [Floor] = []
    for text in arguments.all("floor") {
      guard let floor = Floor(text) else {
        throw .usage("--floor is a figure, = and a value from 0 to 1, not '\(text)'")
      }
      floors.append(floor)
    }
    var goals: [ThresholdGoal] = []
    for text in arguments.all("threshold-for") {
      guard let goal = ThresholdGoal(text) else {
        throw .usage(
          "--threshold-for is CATEGORY.recall= or CATEGORY.precision= and a value from 0 to 1, not '\(text)'")
      }
      goals.append(goal)
    }
    (self.floors, self.goals) = (floors, goals)
    seed = UInt64(try arguments.integer("seed", in: 0...Int.max) ?? Int(Bootstrap.seed))
    errors = try arguments.integer("errors", in: 0...1_000_000)
    isJSON = arguments.has("json")
    reportFile = arguments.value("report")
    reportPages = try arguments.integer("report-pages", in: 1...1_000_000)
    guard reportFile != nil || reportPages == nil else { throw .usage("--report-pages goes with --report") }
    predictionFile = arguments.value("predictions")
    if let reportFile, reportFile == predictionFile { throw .usage("--report and --predictions name the same file") }
    for file in [reportFile, predictionFile].compactMap(\.self) { try AtomicFile.check(file) }
    linesAlone = arguments.has("lines-alone")
    folds = try arguments.integer("cross-validate", in: 2...1000)
    for option in ["model", "compare"] where folds != nil && arguments.has(option) {
      throw .usage("--cross-validate trains its own models; it excludes --\(option)")
    }
    modelName = arguments.value("model") ?? ModelFile.standard
    otherName = arguments.value("compare")
    classifier = folds == nil ? try ModelFile.open(arguments.value("model")) : nil
    other = otherName == nil ? nil : try ModelFile.open(otherName)
  }

  /// What the report is about.
  func title(_ arguments: ParsedArguments) -> String {
    let data = arguments.arguments.joined(separator: ", ")
    return folds.map { "\($0)-fold cross-validation on \(data)" } ?? "\(modelName) on \(data)"
  }

  /// Judges the pages.
  func evaluate(_ pages: [LabelledPage], _ context: CommandContext) throws(CommandError) -> Subject {
    try checkNames(pages)
    var bar = ProgressBar(isShown: context.isMessageTerminal)
    defer { bar.clear() }
    guard let classifier else { return try crossValidate(pages, &bar) }
    let judge = pages.map { _ in 0 }
    let evaluation = Evaluation(
      pages, judges: [classifier], judgeOfPage: judge, linesAlone: linesAlone, more: other?.labels ?? []
    ) { bar.show($0 * (other == nil ? 1 : 0.5)) }
    let second = other.map { other in
      Evaluation(
        pages, judges: [other], judgeOfPage: judge, linesAlone: linesAlone, more: classifier.labels
      ) { bar.show(0.5 + $0 * 0.5) }
    }
    return Subject(evaluation: evaluation, other: second)
  }

  private func crossValidate(_ pages: [LabelledPage], _ bar: inout ProgressBar) throws(CommandError) -> Subject {
    do throws(CrossValidation.Failure) {
      let result = try CrossValidation(pages, folds: folds ?? 2, seed: seed, linesAlone: linesAlone) { bar.show($0) }
      return Subject(evaluation: result.evaluation, crossValidation: result)
    } catch {
      switch error {
      case .tooFewPages(let groups, let folds):
        throw CommandError(.badData, "\(groups) pages or sites are too few for \(folds) folds")
      case .training(let failure):
        let reason = TrainingRun.error(failure)
        throw CommandError(reason.code, reason.message.map { "a fold cannot be trained: \($0)" })
      }
    }
  }

  /// The figures with their intervals.
  func figures(_ evaluation: Evaluation, _ context: CommandContext) -> EvaluationFigures {
    var bar = ProgressBar(isShown: context.isMessageTerminal)
    defer { bar.clear() }
    return EvaluationFigures(evaluation, seed: seed) { bar.show($0) }
  }

  /// Floors and goals speak of classes that the data or the model has.
  private func checkNames(_ pages: [LabelledPage]) throws(CommandError) {
    let labels = LabelSet(
      pages.flatMap { $0.rows.compactMap(\.label) } + (classifier?.labels ?? []) + (other?.labels ?? []))
    for floor in floors where !floor.isKnown(to: labels) {
      throw .usage("--floor: no class of that name in '\(floor.figure)'")
    }
    for goal in goals where labels.categoryIndex(goal.category) == nil {
      let near = Suggestion.nearest(to: goal.category, among: labels.categories)
      throw .usage("--threshold-for: no category '\(goal.category)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
    }
  }
}
