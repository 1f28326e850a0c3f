import ChaffTraining

/// What the verbs that train share: a model is made of counted pages by the command line's options, and written.
enum TrainingRun {
  /// Trains, with a bar that shows how far it is, writes the model and says what is in it.
  static func run(
    _ pages: CountedPages, _ arguments: ParsedArguments, to output: String, since start: ContinuousClock.Instant,
    _ context: CommandContext
  ) throws(CommandError) {
    let options = try TrainingChoices.read(arguments)
    let weight = try UnlabelledChoices.weight(arguments)
    let texts = try UnlabelledInput.read(arguments.all("unlabelled"))
    let given = try arguments.value("parameters-of").map { path throws(CommandError) in try ModelFile.open(path) }
    let result: Trainer.Result
    var note = ""
    do throws(Trainer.Failure) {
      var bar = ProgressBar(isShown: context.isMessageTerminal)
      defer { bar.clear() }
      if let given {
        result = try Trainer.train(pages, parametersOf: given)
      } else if arguments.has("unlabelled") {
        let trained = try Trainer.train(pages, unlabelled: texts, weight: weight, options: options) { bar.show($0) }
        result = trained.result
        note = unlabelledNote(trained, pages: texts.count)
      } else {
        result = try Trainer.train(pages, options: options) { bar.show($0) }
      }
    } catch {
      throw Self.error(error, parametersOf: arguments.value("parameters-of"))
    }
    try ModelFile.write(result.bytes, to: output)
    try context.print(summary(result, output, ContinuousClock.now - start) + note)
  }

  private static func unlabelledNote(_ trained: Trainer.UnlabelledResult, pages: Int) -> String {
    let likelihoods = trained.likelihoods.map { DecimalText.fixed($0, decimals: 4) }.joined(separator: ", ")
    return """
      unlabelled \(DecimalText.grouped(pages)) pages, \(trained.steps) steps; held-out log posteriors \(likelihoods)

      """
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
}
