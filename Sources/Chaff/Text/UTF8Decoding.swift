/// Decodes one scalar of UTF-8 that may be invalid.
package enum UTF8Decoding {
  /// Calls `body` with the bytes of a scalar that is one.
  @inline(__always)
  package static func encode(_ scalar: UInt32, _ body: (UInt8) -> Void) {
    if scalar < 0x80 { return body(UInt8(truncatingIfNeeded: scalar)) }
    let rest = scalar < 0x800 ? 1 : scalar < 0x10000 ? 2 : 3
    let lead: UInt32 = rest == 1 ? 0xc0 : rest == 2 ? 0xe0 : 0xf0
    body(UInt8(truncatingIfNeeded: lead | scalar >> UInt32(6 * rest)))
    for place in stride(from: rest - 1, through: 0, by: -1) {
      body(UInt8(truncatingIfNeeded: 0x80 | scalar >> UInt32(6 * place) & 0x3f))
    }
  }

  /// Whether a byte beyond ASCII may begin a scalar, and the next byte may go on with it.
  ///
  /// By one comparison: by two, random bytes are guessed wrongly more often.
  @inline(__always)
  static func mayBegin(_ bytes: UnsafePointer<UInt8>, at index: Int, end: Int) -> Bool {
    let second = index &+ 1 < end ? UInt32(bytes[index &+ 1]) : 0
    return (UInt32(bytes[index]) &- 0xc2) | ((second ^ 0x80) & 0xc0) <= 0xf4 - 0xc2
  }

  /// The scalar that begins at `index` and its length in bytes.
  ///
  /// Overlong forms, surrogates, scalars above U+10FFFF and truncated sequences are invalid: the scalar is nil and the
  /// length 1, so that a reader always goes on with the next byte.
  /// - Complexity: O(1).
  @inline(__always)
  package static func scalar(
    _ bytes: UnsafePointer<UInt8>, at index: Int, end: Int
  ) -> (scalar: UInt32?, length: Int) {
    let first = UInt32(bytes[index])
    if first < 0x80 { return (first, 1) }
    guard mayBegin(bytes, at: index, end: end) else { return (nil, 1) }
    let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    guard index + length <= end else { return (nil, 1) }
    var value = first & (0x7f >> UInt32(length))
    for offset in 1..<length {
      let next = UInt32(bytes[index + offset])
      guard next & 0xc0 == 0x80 else { return (nil, 1) }
      value = value << 6 | next & 0x3f
    }
    let valid =
      length == 2 || (length == 3 && value >= 0x800 && !(0xd800...0xdfff).contains(value))
      || (length == 4 && value >= 0x10000 && value <= 0x10ffff)
    return valid ? (value, length) : (nil, 1)
  }
}
