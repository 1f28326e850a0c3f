/// Why bytes are not the JSON that was looked for.
public enum JSONError: Error, Equatable, Sendable {
  /// The text breaks the grammar of RFC 8259 at the byte offset.
  case syntax(offset: Int, expected: String)
  /// The text is nested deeper than ``JSONScanner/depthLimit``.
  case tooDeep(offset: Int)
  /// The text is not an object.
  case notAnObject
  /// The object has the key twice.
  case duplicateKey(String)
  /// The object has the key that is to be added.
  case keyIsTaken(String)
  /// The object lacks the key.
  case missingKey(String)
  /// The key's value is not a string.
  case notAString(key: String)
}

extension JSONError: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .syntax(let offset, let expected): "not JSON: expected \(expected) at byte \(offset + 1)"
    case .tooDeep(let offset): "nested too deep at byte \(offset + 1)"
    case .notAnObject: "not a JSON object"
    case .duplicateKey(let key): "the key \"\(key)\" stands twice"
    case .keyIsTaken(let key): "there is a field \"\(key)\" already"
    case .missingKey(let key): "no field \"\(key)\""
    case .notAString(let key): "the field \"\(key)\" is not a string"
    }
  }
}
