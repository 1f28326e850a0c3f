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
}

/// Writes judged rows in one of the output formats.
protocol RowWriter {
  /// Begins a page.
  mutating func beginPage(name: String, into output: inout [UInt8])
  /// Writes one row.
  mutating func write(_ row: JudgedRow, into output: inout [UInt8])
  /// Ends all.
  mutating func end(into output: inout [UInt8])
}

extension RowWriter {
  mutating func beginPage(name: String, into output: inout [UInt8]) {}
  mutating func end(into output: inout [UInt8]) {}
}
