/// Finds bytes eight at a time: most of a page's text needs no look at each.
enum ByteSearch {
  /// Where the next quotation mark, backslash or control character stands; the end, if there is none.
  @inline(__always)
  static func nextSpecial(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    next(bytes, from: start, to: bytes.count) { word in
      let control = (word &- 0x2020_2020_2020_2020) & ~word
      return (control | zeros(word ^ 0x2222_2222_2222_2222) | zeros(word ^ 0x5c5c_5c5c_5c5c_5c5c)) & highBits
    }
  }

  /// Where the next backslash before `end` stands, or `end`.
  @inline(__always)
  static func nextBackslash(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
    next(bytes, from: start, to: end) { zeros($0 ^ 0x5c5c_5c5c_5c5c_5c5c) & highBits }
  }

  private static var highBits: UInt64 { 0x8080_8080_8080_8080 }

  /// The high bits of bytes that are 0, and of some behind the first of these.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word }

  /// - Parameter find: the high bits of the bytes that are looked for; behind the first, of others too.
  @inline(__always)
  private static func next(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, _ find: (UInt64) -> UInt64
  ) -> Int {
    guard let base = bytes.baseAddress else { return end }
    let raw = UnsafeRawPointer(base)
    var index = start
    while index &+ 8 <= end {
      let found = find(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian)
      if found != 0 { return index &+ found.trailingZeroBitCount &>> 3 }
      index &+= 8
    }
    // One byte, and seven that are none of those.
    while index < end && find(UInt64(bytes[index]) | 0x4141_4141_4141_4100) == 0 { index &+= 1 }
    return index
  }
}
