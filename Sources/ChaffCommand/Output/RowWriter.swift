import Chaff

/// A row of the input with what was decided of it.
struct JudgedRow {
  /// The line's bytes, without its line end.
  let line: UnsafeBufferPointer<UInt8>
  /// The line's bytes with its line end.
  let whole: UnsafeBufferPointer<UInt8>
  /// The line's posteriors, or nil for a blank row.
  let posteriors: UnsafePointer<SIMD16<Float>>?
  /// The strongest reasons for its label, where they are asked for.
  var reasons: [LineExplanation.Part] = []
  /// Whether the line goes on: it is so long that its text comes in pieces. It has no line end yet.
  var isCut = false
}

/// The rows of a window with what was decided of them.
struct JudgedRows {
  let window: Window
  /// Vectors of posteriors a line.
  let groups: Int

  /// Calls `body` with each row.
  @inline(__always)
  func forEach(_ body: (JudgedRow) -> Void) {
    let (window, groups) = (window, groups)
    let cutRow = window.isCut ? window.text.rowCount - 1 : -1
    window.posteriors.withUnsafeBufferPointer { posteriors in
      window.isBlank.withUnsafeBufferPointer { isBlank in
        var own = posteriors.baseAddress
        window.text.forEachRow { row, line, whole in
          body(JudgedRow(line: line, whole: whole, posteriors: isBlank[row] ? nil : own, isCut: row == cutRow))
          if !isBlank[row] { own = own.map { $0 + groups } }
        }
      }
    }
  }
}

/// Writes judged rows in one of the output formats.
protocol RowWriter {
  /// Begins a page.
  mutating func beginPage(name: String, into output: inout [UInt8])
  /// Writes one row.
  mutating func write(_ row: JudgedRow, into output: inout [UInt8])
  /// Writes many rows at once: the same as one after the other.
  mutating func write(_ rows: JudgedRows, to output: OutputStream) throws(OutputStream.Failure)
  /// Goes on with a row that was cut.
  /// - Parameters:
  ///   - more: more of its text, on the last call with the line end, if it has one.
  ///   - isLast: whether that is all.
  mutating func continueRow(_ more: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: inout [UInt8])
  /// Ends all.
  mutating func end(into output: inout [UInt8])
}

extension RowWriter {
  mutating func write(_ rows: JudgedRows, to output: OutputStream) throws(OutputStream.Failure) {
    // Out of `self`, whose properties would be checked for exclusive access at every row.
    var writer = self
    output.append { pending in rows.forEach { writer.write($0, into: &pending) } }
    self = writer
    try output.flushIfFull()
  }

  mutating func beginPage(name: String, into output: inout [UInt8]) {}
  mutating func end(into output: inout [UInt8]) {}
  /// For people, the beginning is enough.
  mutating func continueRow(_ more: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: inout [UInt8]) {}
}
