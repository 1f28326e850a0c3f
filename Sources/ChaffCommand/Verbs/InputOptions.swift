import Chaff

/// The options that `classify` and `clean` share: the model and what the input is.
struct InputOptions {
  /// What the input's files hold.
  enum Format: String, CaseIterable {
    case auto, text, jsonl
  }

  static let defaultField = "text"

  static let specifications: [CommandSpecification.Option] = [
    .init("model", value: "MODEL", help: "The model file. (default: the embedded model, \"standard\")"),
    .init(
      "input", value: "FORMAT",
      help:
        "auto, text or jsonl: a file is a page, or each line is a JSON object that is a page. (default: auto, by the file's ending)"
    ),
    .init("field", value: "NAME", help: "The field of a JSON object that holds the text. (default: \(defaultField))"),
    .init("lines-alone", help: "Judge each line by itself, not as part of its page."),
    .init(
      "on-error", value: "CHOICE",
      help:
        "What to do with a JSON object that is wrong: stop; skip it; or pass it on as it is. A run that went on ends with 65. (default: stop)"
    ),
  ]

  let classifier: LineClassifier
  let format: Format
  let field: String
  let linesAlone: Bool
  let onError: InputFaults.Policy
  let files: [String]

  init(_ arguments: ParsedArguments) throws(CommandError) {
    let name = try arguments.choice("input", of: Format.allCases.map(\.rawValue), default: Format.auto.rawValue)
    format = Format(rawValue: name) ?? .auto
    field = arguments.value("field") ?? Self.defaultField
    linesAlone = arguments.has("lines-alone")
    let choice = try arguments.choice(
      "on-error", of: InputFaults.Policy.allCases.map(\.rawValue), default: InputFaults.Policy.stop.rawValue)
    onError = InputFaults.Policy(rawValue: choice) ?? .stop
    files = arguments.arguments.isEmpty ? ["-"] : arguments.arguments
    classifier = try ModelFile.open(arguments.value("model"))
  }

  /// Whether a file holds JSON Lines.
  func isJSON(_ file: String) -> Bool {
    switch format {
    case .text: false
    case .jsonl: true
    case .auto: file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson")
    }
  }

  /// Calls `body` with each file; one that cannot be opened is said and passed over, and the command ends with 66.
  func forEachFile(
    _ context: CommandContext, _ body: (_ file: String, _ input: LineInput) throws(CommandError) -> Void
  ) throws(CommandError) {
    var isMissing = false
    for file in files {
      guard let descriptor = file == "-" ? System.standardInput : System.open(file) else {
        context.say("\(file): \(System.reason)")
        isMissing = true
        continue
      }
      defer { if file != "-" { System.close(descriptor) } }
      try body(file, LineInput(descriptor: descriptor))
    }
    if isMissing { throw CommandError(.noInput, nil) }
  }

  /// Runs JSON Lines from a file; what came before a fault is written.
  func runJSON(
    _ pipeline: inout JSONPipeline, _ file: String, _ input: LineInput, _ context: CommandContext
  ) throws(CommandError) {
    do throws(EitherFailure<JSONPipeline.Failure>) {
      if isJSON(file) {
        try pipeline.run(input)
      } else {
        try pipeline.runText(input, name: file == "-" ? "standard input" : file)
      }
    } catch {
      try flush(context)
      sayFaults(&pipeline, file, context)
      let name = file == "-" ? "standard input" : file
      switch error {
      case .reading(let reason): throw Self.unreadable(file, reason)
      case .body(.output(let failure)): throw .writing(failure)
      case .body(.json(let line, let fault)): throw CommandError(.badData, "\(name):\(line): \(fault)")
      }
    }
    try flush(context)
    sayFaults(&pipeline, file, context)
  }

  private func sayFaults(_ pipeline: inout JSONPipeline, _ file: String, _ context: CommandContext) {
    for fault in pipeline.faults.endFile(file == "-" ? "standard input" : file) { context.say(fault) }
  }

  func flush(_ context: CommandContext) throws(CommandError) {
    do throws(OutputStream.Failure) { try context.output.flush() } catch { throw .writing(error) }
  }

  /// Reading failed after the file was opened, as it does for a folder.
  static func unreadable(_ file: String, _ reason: String) -> CommandError {
    CommandError(
      reason == System.folderReason ? .noInput : .ioError, "\(file == "-" ? "standard input" : file): \(reason)")
  }

  /// Runs every file as a page, or its lines as pages.
  /// - Parameter asJSON: make an object of each page of plain text.
  func run(
    _ writer: some RowWriter, json task: JSONPipeline.Task, asJSON: Bool = false, _ context: CommandContext
  ) throws(CommandError) {
    var texts = PagePipeline(
      model: classifier.model, linesAlone: linesAlone, writer: writer, output: context.output)
    var objects = JSONPipeline(
      model: classifier.model, linesAlone: linesAlone, field: field, task: task, faults: onError,
      output: context.output)
    var failure: CommandError?
    do throws(CommandError) {
      try forEachFile(context) { (file, input) throws(CommandError) in
        if isJSON(file) || asJSON {
          try runJSON(&objects, file, input, context)
        } else {
          try runText(&texts, file, input)
        }
      }
    } catch {
      guard error.code == .noInput else { throw error }
      failure = error
    }
    do throws(OutputStream.Failure) { try texts.end() } catch { throw .writing(error) }
    if let failure = failure ?? objects.faults.error { throw failure }
  }

  private func runText(
    _ pipeline: inout PagePipeline<some RowWriter>, _ file: String, _ input: LineInput
  ) throws(CommandError) {
    do throws(EitherFailure<OutputStream.Failure>) {
      try pipeline.run(input, name: file == "-" ? "standard input" : file)
    } catch {
      switch error {
      case .reading(let reason): throw Self.unreadable(file, reason)
      case .body(let failure): throw .writing(failure)
      }
    }
  }
}
