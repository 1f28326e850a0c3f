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

/// Writes judged rows in one of the output formats.
protocol RowWriter {
  /// Begins a page.
  mutating func beginPage(name: String, into output: inout [UInt8])
  /// Writes one row.
  mutating func write(_ row: JudgedRow, into output: inout [UInt8])
  /// Goes on with a row that was cut.
  /// - Parameters:
  ///   - more: more of its text, on the last call with the line end, if it has one.
  ///   - isLast: whether that is all.
  mutating func continueRow(_ more: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: inout [UInt8])
  /// Ends all.
  mutating func end(into output: inout [UInt8])
}

extension RowWriter {
  mutating func beginPage(name: String, into output: inout [UInt8]) {}
  mutating func end(into output: inout [UInt8]) {}
  /// For people, the beginning is enough.
  mutating func continueRow(_ more: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: inout [UInt8]) {}
}
