/// Reads little-endian bytes of one section; never past its end.
struct ByteReader {
  let section: String
  private let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer, section: String) {
    self.bytes = bytes
    self.section = section
  }

  var remaining: Int { bytes.count - offset }

  mutating func read<T: FixedWidthInteger>(_ type: T.Type) throws(ModelError) -> T {
    guard remaining >= MemoryLayout<T>.size else { throw .wrongSectionLength(name: section) }
    defer { offset += MemoryLayout<T>.size }
    return T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
  }

  /// A finite number.
  mutating func readDouble(_ what: String) throws(ModelError) -> Double {
    let value = Double(bitPattern: try read(UInt64.self))
    guard value.isFinite else { throw invalid(what) }
    return value
  }

  /// A finite number.
  mutating func readFloat(_ what: String) throws(ModelError) -> Float {
    let value = Float(bitPattern: try read(UInt32.self))
    guard value.isFinite else { throw invalid(what) }
    return value
  }

  /// A number in groups of seven bits, at most `limit`, in its shortest form.
  @inline(__always)
  mutating func readVariable(_ what: String, limit: Int) throws(ModelError) -> Int {
    // Most are of one byte.
    if offset < bytes.count, bytes[offset] < 0x80, bytes[offset] <= limit {
      defer { offset += 1 }
      return Int(bytes[offset])
    }
    return try readLongVariable(what, limit: limit)
  }

  private mutating func readLongVariable(_ what: String, limit: Int) throws(ModelError) -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try read(UInt8.self)
      guard shift < 56 else { throw invalid(what) }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 {
        guard byte != 0 || shift == 0, value <= UInt64(limit) else { throw invalid(what) }
        return Int(value)
      }
      shift += 7
    }
  }

  mutating func readBytes(_ count: Int) throws(ModelError) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else { throw .wrongSectionLength(name: section) }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  /// Text with its length before it; valid UTF-8.
  mutating func readText(_ what: String, limit: Int) throws(ModelError) -> String {
    let count = try readVariable(what, limit: limit)
    let bytes = try readBytes(count)
    // What is not UTF-8 is mended, and is another text then. `String(validating:as:)` takes its time at its first use.
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.elementsEqual(bytes) else { throw invalid(what) }
    return text
  }

  /// Checks that nothing is left.
  func end() throws(ModelError) {
    guard remaining == 0 else { throw .wrongSectionLength(name: section) }
  }

  func invalid(_ what: String) -> ModelError { .invalidValue(section: section, what: what) }
}
