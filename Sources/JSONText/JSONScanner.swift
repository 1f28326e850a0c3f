/// Checks JSON (RFC 8259) and finds the members of the top object, as ranges of bytes.
///
/// Nothing is converted, so numbers keep their digits and members their spelling.
/// - Complexity: O(bytes), constant memory but for the list of members.
public struct JSONScanner {
  /// How deep arrays and objects may be nested.
  public static let depthLimit = 512

  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// A member of an object: where its key and its value stand, quotes included.
  public struct Member: Sendable, Equatable {
    /// The key's bytes.
    public var key: Range<Int>
    /// The value's bytes.
    public var value: Range<Int>
  }

  /// The members of the one object that the bytes hold, and where its closing brace stands.
  public static func object(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(JSONError) -> (members: [Member], end: Int) {
    var scanner = JSONScanner(bytes)
    scanner.skipSpace()
    guard scanner.peek() == UInt8(ascii: "{") else {
      try scanner.value(depth: 0)
      throw .notAnObject
    }
    var members: [Member] = []
    let end = try scanner.members(depth: 1) { members.append($0) }
    scanner.skipSpace()
    guard scanner.index == bytes.count else { throw .syntax(offset: scanner.index, expected: "the end of the line") }
    return (members, end)
  }

  private func peek() -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { index += 1 }
  }

  private mutating func expect(_ byte: UInt8, _ what: String) throws(JSONError) {
    guard peek() == byte else { throw .syntax(offset: index, expected: what) }
    index += 1
  }

  private mutating func value(depth: Int) throws(JSONError) {
    switch peek() {
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "{"): _ = try members(depth: try deeper(depth)) { _ in }
    case UInt8(ascii: "["): try array(depth: try deeper(depth))
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default: try number()
    }
  }

  private func deeper(_ depth: Int) throws(JSONError) -> Int {
    guard depth < Self.depthLimit else { throw .tooDeep(offset: index) }
    return depth + 1
  }

  /// Reads an object from its brace on; returns where its closing brace stands.
  private mutating func members(depth: Int, _ body: (Member) -> Void) throws(JSONError) -> Int {
    try expect(UInt8(ascii: "{"), "an object")
    skipSpace()
    if peek() == UInt8(ascii: "}") {
      index += 1
      return index - 1
    }
    while true {
      skipSpace()
      let key = index
      try string()
      let keyEnd = index
      skipSpace()
      try expect(UInt8(ascii: ":"), "a colon")
      skipSpace()
      let start = index
      try value(depth: depth)
      body(Member(key: key..<keyEnd, value: start..<index))
      skipSpace()
      if peek() == UInt8(ascii: ",") {
        index += 1
        continue
      }
      try expect(UInt8(ascii: "}"), "a comma or a closing brace")
      return index - 1
    }
  }

  private mutating func array(depth: Int) throws(JSONError) {
    index += 1
    skipSpace()
    if peek() == UInt8(ascii: "]") {
      index += 1
      return
    }
    while true {
      skipSpace()
      try value(depth: depth)
      skipSpace()
      if peek() == UInt8(ascii: ",") {
        index += 1
        continue
      }
      return try expect(UInt8(ascii: "]"), "a comma or a closing bracket")
    }
  }

  private mutating func word(_ text: StaticString) throws(JSONError) {
    for offset in 0..<text.utf8CodeUnitCount {
      guard peek() == text.utf8Start[offset] else { throw .syntax(offset: index, expected: "\(text)") }
      index += 1
    }
  }

  private mutating func string() throws(JSONError) {
    try expect(UInt8(ascii: "\""), "a string")
    while true {
      index = ByteSearch.nextSpecial(bytes, from: index)
      guard let byte = peek() else { throw .syntax(offset: index, expected: "a closing quotation mark") }
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return
      case UInt8(ascii: "\\"): try escape()
      default: throw .syntax(offset: index - 1, expected: "no control character in a string")
      }
    }
  }

  private mutating func escape() throws(JSONError) {
    switch peek() {
    case UInt8(ascii: "u"):
      index += 1
      for _ in 0..<4 {
        guard let byte = peek(), JSONString.hexDigit(byte) != nil else {
          throw .syntax(offset: index, expected: "four hexadecimal digits")
        }
        index += 1
      }
    case let byte? where JSONString.unescaped(byte) != nil: index += 1
    default: throw .syntax(offset: index, expected: "an escape")
    }
  }

  private mutating func number() throws(JSONError) {
    if peek() == UInt8(ascii: "-") { index += 1 }
    if peek() == UInt8(ascii: "0") { index += 1 } else { try digits("a value") }
    if peek() == UInt8(ascii: ".") {
      index += 1
      try digits("a digit")
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      index += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { index += 1 }
      try digits("a digit")
    }
  }

  private mutating func digits(_ expected: String) throws(JSONError) {
    let start = index
    while let byte = peek(), byte &- 0x30 < 10 { index += 1 }
    guard index > start else { throw .syntax(offset: index, expected: expected) }
  }
}
