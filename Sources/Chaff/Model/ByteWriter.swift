/// Builds little-endian bytes.
package struct ByteWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func append(_ value: Double) { append(value.bitPattern) }

  package mutating func append(_ value: Float) { append(value.bitPattern) }

  package mutating func append(contentsOf more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  /// A number in groups of seven bits, the lowest first (LEB128).
  package mutating func appendVariable(_ value: Int) {
    var rest = UInt64(value)
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Text with its length before it.
  package mutating func append(text: String) {
    appendVariable(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  /// Zeros up to a multiple of `alignment` bytes.
  package mutating func align(_ alignment: Int) {
    while bytes.count % alignment != 0 { bytes.append(0) }
  }
}
