import Chaff

/// Runs pages of plain text through a decoder into a writer, in bounded memory.
struct PagePipeline<Writer: RowWriter> {
  private var decoder: PageDecoder
  private var waiting = WaitingRows()
  private var writer: Writer
  private let groups: Int
  private let output: OutputStream

  init(model: Model, linesAlone: Bool, writer: Writer, output: OutputStream) {
    decoder = PageDecoder(model: model, linesAlone: linesAlone)
    groups = model.labelGroups
    self.writer = writer
    self.output = output
  }

  /// Reads a page to its end and writes its rows.
  mutating func run(_ input: LineInput, name: String) throws(EitherFailure<OutputStream.Failure>) {
    writer.beginPage(name: name, into: &output.pending)
    try input.forEachLine { (line, lineEnd) throws(OutputStream.Failure) in
      waiting.append(line, lineEnd: lineEnd)
      decoder.add(line)
      if !decoder.decided.rows.isEmpty { try writeDecided() }
    }
    decoder.endPage()
    do throws(OutputStream.Failure) { try writeDecided() } catch { throw .body(error) }
  }

  /// Ends the output.
  mutating func end() throws(OutputStream.Failure) {
    writer.end(into: &output.pending)
    try output.flush()
  }

  private mutating func writeDecided() throws(OutputStream.Failure) {
    // Only `waiting` is changed under the closure's feet, so the rest is reached through locals; and the output's buffer
    // is taken out once, since each access to it is checked for exclusiveness.
    let rows = decoder.decided.rows
    let groups = groups
    var writer = writer
    var pending: [UInt8] = []
    swap(&pending, &output.pending)
    decoder.decided.posteriors.withUnsafeBufferPointer { posteriors in
      waiting.take(rows.count) { index, line, whole in
        let posteriors = rows[index] < 0 ? nil : posteriors.baseAddress.map { $0 + rows[index] * groups }
        writer.write(JudgedRow(line: line, whole: whole, posteriors: posteriors), into: &pending)
      }
    }
    swap(&pending, &output.pending)
    self.writer = writer
    decoder.decided.removeAll()
    try output.flushIfFull()
  }
}
