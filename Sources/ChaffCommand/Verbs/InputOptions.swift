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
        "What to do with a JSON object that is wrong, or a file in UTF-16: stop; skip it; or pass it on as it is. A run that went on ends with 65. (default: stop)"
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
    case .auto: Self.isJSONLines(file)
    }
  }

  /// Whether a file's name says that it holds JSON Lines.
  static func isJSONLines(_ file: String) -> Bool { file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson") }

  /// How a file is called in messages.
  static func name(_ file: String) -> String { file == "-" ? "standard input" : file }

  /// Calls `body` with each file.
  ///
  /// One that cannot be opened or read is said and passed over, and so is one in UTF-16 if faults are skipped.
  /// - Returns: how the command ends because of them, the gravest first; nil if all was well.
  func forEachFile(
    _ context: CommandContext, _ body: (_ file: String, _ input: LineInput) throws(FileFailure) -> Void
  ) throws(CommandError) -> CommandError? {
    var failure: CommandError?
    let progress = InputProgress(files, context)
    defer { progress?.clear() }
    for file in files {
      do throws(FileFailure) {
        try open(file, progress, body)
      } catch {
        switch error {
        case .ends(let error): throw error
        case .passedOver(let error):
          if let message = error.message { context.say(message) }
          if failure.map({ $0.code.rawValue < error.code.rawValue }) ?? true { failure = error }
        }
      }
    }
    failure?.message = nil
    return failure
  }

  private func open(
    _ file: String, _ progress: InputProgress?, _ body: (_ file: String, _ input: LineInput) throws(FileFailure) -> Void
  ) throws(FileFailure) {
    guard let descriptor = file == "-" ? System.standardInput : System.open(file) else {
      throw .passedOver(CommandError(.noInput, "\(Self.name(file)): \(System.reason)"))
    }
    defer { if file != "-" { System.close(descriptor) } }
    let input = LineInput(descriptor: descriptor, progress: progress)
    try refuseUTF16(file, input)
    try body(file, input)
  }

  /// UTF-16 is never meant: each of its lines would be rubbish.
  private func refuseUTF16(_ file: String, _ input: LineInput) throws(FileFailure) {
    guard onError != .pass else { return }
    let isUTF16: Bool
    do throws(LineInput.Failure) {
      isUTF16 = try input.isUTF16()
    } catch {
      throw .passedOver(Self.unreadable(file, error.reason))
    }
    guard isUTF16 else { return }
    let error = CommandError(.badData, "\(Self.name(file)):1: this is UTF-16; convert it to UTF-8")
    throw onError == .skip ? .passedOver(error) : .ends(error)
  }

  /// Runs JSON Lines from a file; what came before a fault is written.
  func runJSON(
    _ faults: inout InputFaults, _ file: String, _ input: LineInput, _ context: CommandContext,
    _ makeJudge: @escaping () -> JSONJudge
  ) throws(FileFailure) {
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
    case .reading(let reason): throw .passedOver(Self.unreadable(file, reason))
    case .body(.output(let failure)): throw .ends(.writing(failure))
    case .body(.json(let line, let fault)):
      throw .ends(CommandError(.badData, "\(Self.name(file)):\(line): \(fault)"))
    }
  }

  /// Makes an object of a page of plain text.
  func runTextAsJSON(
    _ file: String, _ input: LineInput, _ context: CommandContext, _ judge: JSONJudge
  ) throws(FileFailure) {
    let object: [UInt8]
    do throws(LineInput.Failure) {
      object = try JSONJudge.object(of: input, name: Self.name(file), field: field)
    } catch {
      throw .passedOver(Self.unreadable(file, error.reason))
    }
    do throws(JSONError) {
      var judged: [UInt8] = []
      try object.withUnsafeBufferPointer { (bytes) throws(JSONError) in try judge.judge(bytes, into: &judged) }
      context.output.pending.append(contentsOf: judged + [0x0a])
    } catch {
      throw .ends(CommandError(.badData, "\(Self.name(file)):1: \(error)"))
    }
    try flush(context)
  }

  private func flush(_ context: CommandContext) throws(FileFailure) {
    do throws(OutputStream.Failure) { try context.output.flush() } catch { throw .ends(.writing(error)) }
  }

  /// Reading failed after the file was opened, as it does for a folder.
  static func unreadable(_ file: String, _ reason: String) -> CommandError {
    CommandError(reason == System.folderReason ? .noInput : .ioError, "\(name(file)): \(reason)")
  }

  /// Runs every file as a page, or its lines as pages.
  /// - Parameter asJSON: make an object of each page of plain text.
  func run(
    _ writer: some RowWriter, json task: JSONJudge.Task, asJSON: Bool = false, _ context: CommandContext
  ) throws(CommandError) {
    let judge = { [classifier, linesAlone, field] in
      JSONJudge(model: classifier.model, linesAlone: linesAlone, field: field, task: task)
    }
    var writer: any RowWriter = writer
    var faults = InputFaults(policy: onError)
    let failure = try forEachFile(context) { (file, input) throws(FileFailure) in
      if isJSON(file) {
        try runJSON(&faults, file, input, context, judge)
      } else if asJSON {
        try runTextAsJSON(file, input, context, judge())
      } else {
        try runText(&writer, file, input, context)
      }
    }
    writer.end(into: &context.output.pending)
    do throws(OutputStream.Failure) { try context.output.flush() } catch { throw .writing(error) }
    if let failure = failure ?? faults.error { throw failure }
  }

  /// Runs a page of plain text.
  private func runText(
    _ writer: inout any RowWriter, _ file: String, _ input: LineInput, _ context: CommandContext
  ) throws(FileFailure) {
    writer.beginPage(name: Self.name(file), into: &context.output.pending)
    let pipeline = PagePipeline(
      model: classifier.model, linesAlone: linesAlone, threads: threads, input: input, writer: writer,
      output: context.output)
    defer { writer = pipeline.writer }
    do throws(PagePipeline.Failure) {
      try OrderedWork(pipeline, threads: threads).run()
    } catch {
      switch error {
      case .reading(let reason): throw .passedOver(Self.unreadable(file, reason))
      case .body(let failure): throw .ends(.writing(failure))
      }
    }
  }
}

/// What a fault of one file means for the others.
enum FileFailure: Error {
  /// The others are done all the same.
  case passedOver(CommandError)
  /// The run ends.
  case ends(CommandError)
}
