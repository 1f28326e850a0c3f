/// What a byte is to the line scanner.
package enum ByteClass {
  package static let other: UInt8 = 0
  package static let space: UInt8 = 1
  package static let upper: UInt8 = 2
  package static let lower: UInt8 = 3
  package static let digit: UInt8 = 4
  package static let wide: UInt8 = 5

  /// The class of a byte: `wide` for the bytes of a non-ASCII scalar, `other` for punctuation and control codes.
  @inline(__always)
  package static func of(_ byte: UInt8) -> UInt8 {
    // Comparisons on a register beat a table here: the table's load is on the loop's critical path.
    if byte &- 0x61 < 26 { return lower }
    if byte == 0x20 || byte &- 9 < 5 { return space }
    if byte >= 0x80 { return wide }
    if byte &- 0x41 < 26 { return upper }
    if byte &- 0x30 < 10 { return digit }
    return other
  }
}
