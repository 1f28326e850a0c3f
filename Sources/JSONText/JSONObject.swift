/// One JSON object, kept as its bytes.
public struct JSONObject: Sendable {
  /// The whole text.
  public let bytes: [UInt8]
  private let members: [JSONScanner.Member]
  private let end: Int

  /// Checks the bytes and finds the members.
  /// - Complexity: O(bytes).
  public init(_ bytes: [UInt8]) throws(JSONError) {
    self.bytes = bytes
    let scan = bytes.withUnsafeBufferPointer { buffer in
      Result { () throws(JSONError) in try JSONScanner.object(buffer) }
    }
    (members, end) = try scan.get()
  }

  /// The member with the key.
  /// - Throws: `duplicateKey` if there are two.
  private func member(_ key: String) throws(JSONError) -> JSONScanner.Member? {
    var found: JSONScanner.Member?
    for member in members where decoded(member.key).elementsEqual(key.utf8) {
      guard found == nil else { throw .duplicateKey(key) }
      found = member
    }
    return found
  }

  private func decoded(_ range: Range<Int>) -> [UInt8] {
    bytes.withUnsafeBufferPointer { JSONString.decode(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// The UTF-8 of a string, or nil if there is no such member.
  /// - Throws: `duplicateKey`, `notAString`.
  public func string(_ key: String) throws(JSONError) -> [UInt8]? {
    guard let member = try member(key) else { return nil }
    guard bytes[member.value.lowerBound] == UInt8(ascii: "\"") else { throw .notAString(key: key) }
    return decoded(member.value)
  }

  /// The UTF-8 of a string, or nil if there is no such member or it is null.
  /// - Throws: `duplicateKey`, `notAString`.
  public func stringUnlessNull(_ key: String) throws(JSONError) -> [UInt8]? {
    guard let member = try member(key), !bytes[member.value].elementsEqual("null".utf8) else { return nil }
    return try string(key)
  }

  /// Appends the object to bytes, with one more member at its end; all else stays as it is.
  /// - Parameter value: appends the member's value.
  /// - Throws: `keyIsTaken` if it has the key already; nothing is appended then.
  public func append(
    adding key: String, to output: inout [UInt8], _ value: (inout [UInt8]) -> Void
  ) throws(JSONError) {
    guard members.allSatisfy({ !decoded($0.key).elementsEqual(key.utf8) }) else { throw .keyIsTaken(key) }
    // From memory: a slice of an array is appended more slowly.
    bytes.withUnsafeBufferPointer { output.append(contentsOf: UnsafeBufferPointer(rebasing: $0[..<end])) }
    if !members.isEmpty { output.append(contentsOf: ", ".utf8) }
    JSONString.append(key.utf8, to: &output)
    output.append(contentsOf: ": ".utf8)
    value(&output)
    bytes.withUnsafeBufferPointer { output.append(contentsOf: UnsafeBufferPointer(rebasing: $0[end...])) }
  }

  /// The object with the member's value replaced; all else stays as it is.
  /// - Throws: `duplicateKey`, `missingKey`.
  public func replacing(_ key: String, json: [UInt8]) throws(JSONError) -> [UInt8] {
    guard let member = try member(key) else { throw .missingKey(key) }
    return Array(bytes[..<member.value.lowerBound]) + json + Array(bytes[member.value.upperBound...])
  }
}
