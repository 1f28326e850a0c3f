/// JSON strings to UTF-8 and back.
public enum JSONString {
  /// The UTF-8 of a JSON string.
  ///
  /// A lone surrogate becomes three bytes in UTF-8's pattern (WTF-8), which ``append(_:to:)`` turns back; bytes that are
  /// not escapes are taken over as they are.
  /// - Parameter bytes: a string that ``JSONScanner`` has accepted, quotes included.
  /// - Complexity: O(bytes).
  public static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    // No escape is shorter than what it stands for.
    Array(unsafeUninitializedCapacity: bytes.count) { result, count in
      guard let result = result.baseAddress else { return }
      let end = bytes.count - 1
      var index = 1
      while index < end {
        // What is no escape is copied at once.
        let escape = ByteSearch.nextBackslash(bytes, from: index, to: end)
        if let base = bytes.baseAddress { (result + count).update(from: base + index, count: escape - index) }
        count += escape - index
        index = escape
        guard index < end else { break }
        if bytes[index + 1] == UInt8(ascii: "u") {
          index += writeScalar(bytes, index, end, to: result, &count)
        } else {
          result[count] = unescaped(bytes[index + 1]) ?? bytes[index + 1]
          count += 1
          index += 2
        }
      }
    }
  }

  /// Decodes `\uXXXX`, or two of them that are a surrogate pair; returns how many bytes they took.
  private static func writeScalar(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int, to result: UnsafeMutablePointer<UInt8>,
    _ count: inout Int
  ) -> Int {
    let first = unit(bytes, index + 2)
    var scalar = first
    var length = 6
    if (0xd800..<0xdc00).contains(first), index + 12 <= end, bytes[index + 6] == UInt8(ascii: "\\"),
      bytes[index + 7] == UInt8(ascii: "u")
    {
      let second = unit(bytes, index + 8)
      if (0xdc00..<0xe000).contains(second) {
        scalar = 0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)
        length = 12
      }
    }
    func write(_ byte: UInt8) {
      result[count] = byte
      count += 1
    }
    if let units = Unicode.Scalar(scalar).flatMap({ UTF8.encode($0) }) {
      for unit in units { write(unit) }
    } else {
      write(0xed)
      write(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3f))
      write(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3f))
    }
    return length
  }

  private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 << 4 | UInt32(hexDigit(bytes[index + $1]) ?? 0) }
  }

  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// What a backslash and this byte stand for.
  static func unescaped(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "r"): 0x0d
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// Appends bytes as a JSON string with its quotes; control characters, quotes, backslashes and what ``decode(_:)`` made
  /// of lone surrogates are escaped.
  public static func append(_ bytes: some Sequence<UInt8>, to output: inout [UInt8]) {
    if bytes.withContiguousStorageIfAvailable({ append(bytes: $0, to: &output) }) == nil {
      Array(bytes).withUnsafeBufferPointer { append(bytes: $0, to: &output) }
    }
  }

  /// Not generic: what callers of another module got was not compiled for their type of bytes, and took `clean` more than
  /// half of its time.
  private static func append(bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case 0x0a:
        output.append(UInt8(ascii: "\\"))
        output.append(UInt8(ascii: "n"))
      case 0x0d: output.append(contentsOf: "\\r".utf8)
      case 0x09: output.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        output.append(contentsOf: "\\u00".utf8)
        output.append(hex(byte >> 4))
        output.append(hex(byte & 15))
      case 0x80..<0xc0:
        output.append(byte)
        escapeSurrogate(&output)
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  /// Replaces the last three bytes by an escape if they are a surrogate in UTF-8's pattern, which UTF-8 itself forbids.
  private static func escapeSurrogate(_ output: inout [UInt8]) {
    let end = output.count
    guard end >= 3, output[end - 3] == 0xed, (0xa0..<0xc0).contains(output[end - 2]) else { return }
    let unit = (output[end - 2] & 0x3f, output[end - 1] & 0x3f)
    output.removeLast(3)
    output.append(contentsOf: "\\ud".utf8)
    for digit in [unit.0 >> 2, (unit.0 & 3) << 2 | unit.1 >> 4, unit.1 & 15] { output.append(hex(digit)) }
  }

  private static func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x57 + digit }
}
