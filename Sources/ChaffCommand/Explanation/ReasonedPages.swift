import Chaff

/// Runs pages through a writer with the reasons for each line. A page is held in memory as a whole.
struct ReasonedPages<Writer: RowWriter> {
  private let options: InputOptions
  private let explainer: PageExplainer
  /// How many reasons a line has at most.
  private let count: Int
  private var writer: Writer
  private let context: CommandContext

  init(_ options: InputOptions, _ writer: Writer, count: Int, _ context: CommandContext) {
    self.options = options
    self.writer = writer
    self.context = context
    self.count = count
    explainer = PageExplainer(model: options.classifier.model, linesAlone: options.linesAlone)
  }

  /// Runs all files.
  /// - Parameter asJSON: make an object of each page of plain text.
  mutating func run(asJSON: Bool) throws(CommandError) {
    let judge = { [options, explainer, count] in
      JSONJudge(
        model: options.classifier.model, linesAlone: options.linesAlone, field: options.field, task: .classify,
        reasons: { explainer.reasons(LineSplitter.lines($0), count: count) })
    }
    var faults = InputFaults(policy: options.onError)
    let failure = try options.forEachFile(context) { (file, input) throws(FileFailure) in
      if options.isJSON(file) {
        try options.runJSON(&faults, file, input, context, judge)
      } else if asJSON {
        try options.runTextAsJSON(file, input, context, judge())
      } else {
        try runText(file, input)
      }
    }
    writer.end(into: &context.output.pending)
    do throws(OutputStream.Failure) { try context.output.flush() } catch { throw .writing(error) }
    if let failure = failure ?? faults.error { throw failure }
  }

  private mutating func runText(_ file: String, _ input: LineInput) throws(FileFailure) {
    var rows: [[UInt8]] = []
    do throws(EitherFailure<Never>) {
      try input.forEachLine { (line, _) throws(Never) in rows.append(Array(line)) }
    } catch {
      if case .reading(let reason) = error { throw .passedOver(InputOptions.unreadable(file, reason)) }
    }
    var decoder = PageDecoder(model: options.classifier.model, linesAlone: options.linesAlone)
    for row in rows { row.withUnsafeBufferPointer { decoder.add($0) } }
    decoder.endPage()
    writer.beginPage(name: InputOptions.name(file), into: &context.output.pending)
    for (index, reasons) in explainer.reasons(rows, count: count).enumerated() {
      write(rows[index], decoder.decided, index, reasons)
      do throws(OutputStream.Failure) { try context.output.flushIfFull() } catch { throw .ends(.writing(error)) }
    }
  }

  private mutating func write(
    _ row: [UInt8], _ decided: PageDecoder.Batch, _ index: Int, _ reasons: [LineExplanation.Part]
  ) {
    let groups = options.classifier.model.labelGroups
    let line = decided.rows[index]
    row.withUnsafeBufferPointer { bytes in
      decided.posteriors.withUnsafeBufferPointer { posteriors in
        let own = line < 0 ? nil : posteriors.baseAddress.map { $0 + line * groups }
        let judged = JudgedRow(line: bytes, whole: bytes, posteriors: own, reasons: reasons)
        writer.write(judged, into: &context.output.pending)
      }
    }
  }
}
