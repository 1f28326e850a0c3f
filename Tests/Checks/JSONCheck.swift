import Foundation
import JSONText

/// Bytes → JSON object → the object with a member added or replaced. What is accepted must be JSON to Foundation too, and
/// what is spliced must read back.
enum JSONCheck {
  static func run(_ bytes: [UInt8]) throws(Finding) {
    guard let object = try? JSONObject(bytes) else { return try roundTrip(bytes) }
    try compare(bytes)
    if let added = Self.added(to: object) {
      let again = try parsed(added)
      try require(Self.added(to: again) == nil, "a key that was added is not there")
      try require(added.starts(with: bytes.prefix { $0 != UInt8(ascii: "{") }), "another beginning")
    }
    if let text = try? object.string("text") {
      var json: [UInt8] = []
      JSONString.append(text, to: &json)
      if let replaced = try? object.replacing("text", json: json) {
        try require((try? parsed(replaced).string("text")) == text, "a text that does not read back")
      }
    }
  }

  /// The object with a member more; nil if it has that already.
  private static func added(to object: JSONObject) -> [UInt8]? {
    var bytes: [UInt8] = []
    do throws(JSONError) {
      try object.append(adding: "chaff", to: &bytes) { $0.append(contentsOf: "[1, {}]".utf8) }
      return bytes
    } catch {
      return nil
    }
  }

  private static func parsed(_ bytes: [UInt8]) throws(Finding) -> JSONObject {
    do throws(JSONError) {
      return try JSONObject(bytes)
    } catch {
      throw Finding("a spliced object is none: \(error)")
    }
  }

  /// Foundation must read it too, unless it has what Foundation refuses and we keep: bytes that are no UTF-8, zeros,
  /// numbers with exponents, escapes, and many members.
  private static func compare(_ bytes: [UInt8]) throws(Finding) {
    let isPlain = !bytes.contains { $0 == 0 || "eE\\".utf8.contains($0) }
    guard isPlain, bytes.count <= 200, String(validating: bytes, as: UTF8.self) != nil else { return }
    let isObject = (try? JSONSerialization.jsonObject(with: Data(bytes))) is [String: Any]
    try require(isObject, "Foundation does not read it")
  }

  /// Any bytes survive being a JSON string, but for surrogates that form a pair in UTF-8's pattern.
  private static func roundTrip(_ bytes: [UInt8]) throws(Finding) {
    guard !bytes.contains(0xed) else { return }
    var json = Array("{\"k\":".utf8)
    JSONString.append(bytes, to: &json)
    json.append(UInt8(ascii: "}"))
    try require((try? parsed(json).string("k")) == bytes, "bytes that do not come back")
  }
}
