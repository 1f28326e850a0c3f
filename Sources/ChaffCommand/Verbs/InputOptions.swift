import Chaff
import JSONText

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
    .init(
      "threads", value: "N",
      help: "How many threads judge pages, or pieces of a long one; the output is the same. (default: 1)"),
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
  let threads: Int
  let onError: InputFaults.Policy
  let files: [String]

  init(_ arguments: ParsedArguments) throws(CommandError) {
    let name = try arguments.choice("input", of: Format.allCases.map(\.rawValue), default: Format.auto.rawValue)
    format = Format(rawValue: name) ?? .auto
    field = arguments.value("field") ?? Self.defaultField
    linesAlone = arguments.has("lines-alone")
    threads = try arguments.integer("threads", in: 1...64) ?? 1
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
    _ faults: inout InputFaults, _ file: String, _ input: LineInput, _ context: CommandContext,
    _ makeJudge: @escaping () -> JSONJudge
  ) throws(CommandError) {
    let pipeline = JSONPipeline(
      input: input, threads: threads, faults: faults, output: context.output, makeJudge: makeJudge)
    var failure: JSONPipeline.Failure?
    do throws(JSONPipeline.Failure) {
      try OrderedWork(pipeline, threads: threads).run()
    } catch {
      failure = error
    }
    faults = pipeline.faults
    try flush(context)
    for fault in faults.endFile(Self.name(file)) { context.say(fault) }
    switch failure {
    case nil: return
    case .reading(let reason): throw Self.unreadable(file, reason)
    case .body(.output(let failure)): throw .writing(failure)
    case .body(.json(let line, let fault)): throw CommandError(.badData, "\(Self.name(file)):\(line): \(fault)")
    }
  }

  /// Makes an object of a page of plain text.
  func runTextAsJSON(
    _ file: String, _ input: LineInput, _ context: CommandContext, _ judge: JSONJudge
  ) throws(CommandError) {
    let object: [UInt8]
    do throws(LineInput.Failure) {
      object = try JSONJudge.object(of: input, name: Self.name(file), field: field)
    } catch {
      throw Self.unreadable(file, error.reason)
    }
    do throws(JSONError) {
      let judged = try object.withUnsafeBufferPointer { (bytes) throws(JSONError) in try judge.judged(bytes) }
      context.output.pending.append(contentsOf: judged + [0x0a])
    } catch {
      throw CommandError(.badData, "\(Self.name(file)):1: \(error)")
    }
    try flush(context)
  }

  /// What a file is called in messages.
  private static func name(_ file: String) -> String { file == "-" ? "standard input" : file }

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
    _ writer: some RowWriter, json task: JSONJudge.Task, asJSON: Bool = false, _ context: CommandContext
  ) throws(CommandError) {
    let judge = { [classifier, linesAlone, field] in
      JSONJudge(model: classifier.model, linesAlone: linesAlone, field: field, task: task)
    }
    var writer = writer
    var faults = InputFaults(policy: onError)
    var failure: CommandError?
    do throws(CommandError) {
      try forEachFile(context) { (file, input) throws(CommandError) in
        if isJSON(file) {
          try runJSON(&faults, file, input, context, judge)
        } else if asJSON {
          try runTextAsJSON(file, input, context, judge())
        } else {
          writer = try runText(writer, file, input, context)
        }
      }
    } catch {
      guard error.code == .noInput else { throw error }
      failure = error
    }
    writer.end(into: &context.output.pending)
    try flush(context)
    if let failure = failure ?? faults.error { throw failure }
  }

  /// Runs a page of plain text; returns the writer as it is then.
  private func runText<Writer: RowWriter>(
    _ writer: Writer, _ file: String, _ input: LineInput, _ context: CommandContext
  ) throws(CommandError) -> Writer {
    var writer = writer
    writer.beginPage(name: Self.name(file), into: &context.output.pending)
    let pipeline = PagePipeline(
      model: classifier.model, linesAlone: linesAlone, threads: threads, input: input, writer: writer,
      output: context.output)
    do throws(PagePipeline<Writer>.Failure) {
      try OrderedWork(pipeline, threads: threads).run()
    } catch {
      switch error {
      case .reading(let reason): throw Self.unreadable(file, reason)
      case .body(let failure): throw .writing(failure)
      }
    }
    return pipeline.writer
  }
}
