import JSONText
import Testing

struct JSONObjectTests {
  private func object(_ text: String) throws -> JSONObject { try JSONObject(Array(text.utf8)) }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The object with one more member.
  private func adding(_ key: String, _ json: String, to object: JSONObject) throws(JSONError) -> [UInt8] {
    var bytes = Array("before".utf8)
    do throws(JSONError) {
      try object.append(adding: key, to: &bytes) { $0.append(contentsOf: json.utf8) }
    } catch {
      #expect(text(bytes) == "before")
      throw error
    }
    #expect(bytes.starts(with: "before".utf8))
    return Array(bytes[6...])
  }

  @Test func keepsItsBytes() throws {
    let source = " { \"a\" : 1.50 ,\t\"b\":\"\\u00e9\"}\n"
    #expect(try object(source).bytes == Array(source.utf8))
  }

  @Test func stringsByKey() throws {
    let object = try object(#"{"text":"a\nb","t\u00e9xt":"c","":"d","n":{"text":"inner"}}"#)
    #expect(try object.string("text") == Array("a\nb".utf8))
    #expect(try object.string("téxt") == Array("c".utf8))
    #expect(try object.string("") == Array("d".utf8))
    #expect(try object.string("tex") == nil)
  }

  @Test func keysAreBytes() throws {
    // Swift's string equality would take the two spellings of é for one.
    let object = try object("{\"\u{e9}\":\"composed\"}")
    #expect(try object.string("e\u{301}") == nil)
  }

  @Test(arguments: ["1", "null", "true", "[\"a\"]", "{\"a\":\"b\"}"])
  func otherValuesAreNoStrings(_ value: String) throws {
    let object = try object("{\"k\":\(value)}")
    #expect(throws: JSONError.notAString(key: "k")) { try object.string("k") }
  }

  @Test func nullIsNoStringAndNoFault() throws {
    let object = try object(#"{"a": null, "b": "null", "c": 1, "d": "x", "d": null}"#)
    #expect(try object.stringUnlessNull("a") == nil && object.stringUnlessNull("z") == nil)
    #expect(try object.stringUnlessNull("b") == Array("null".utf8))
    #expect(throws: JSONError.notAString(key: "c")) { try object.stringUnlessNull("c") }
    #expect(throws: JSONError.duplicateKey("d")) { try object.stringUnlessNull("d") }
  }

  @Test func keyThatStandsTwice() throws {
    let object = try object(#"{"a":"1","b":"2","\u0061":"3"}"#)
    #expect(throws: JSONError.duplicateKey("a")) { try object.string("a") }
    #expect(throws: JSONError.keyIsTaken("a")) { try adding("a", "1", to: object) }
    #expect(throws: JSONError.duplicateKey("a")) { try object.replacing("a", json: [0x31]) }
    #expect(try object.string("b") == Array("2".utf8))
  }

  @Test func wrongText() {
    #expect(throws: JSONError.notAnObject) { try object("[]") }
    #expect(throws: JSONError.syntax(offset: 1, expected: "a string")) { try object("{") }
  }

  static let added: [(String, String)] = [
    ("{}", #"{"k": [1]}"#),
    (" { } \n", #" { "k": [1]} "# + "\n"),
    (#"{"a":1}"#, #"{"a":1, "k": [1]}"#),
    (#"{"a":1.50, "a":{"k":2} }"#, #"{"a":1.50, "a":{"k":2} , "k": [1]}"#),
  ]

  @Test(arguments: added)
  func addsAtTheEnd(_ before: String, _ after: String) throws {
    #expect(text(try adding("k", "[1]", to: object(before))) == after)
  }

  @Test func addedKeysAreEscaped() throws {
    #expect(text(try adding("a\"\n", "1", to: object("{}"))) == #"{"a\"\n": 1}"#)
  }

  @Test func addingAKeyThatIsThere() throws {
    let object = try object(#"{"k":1}"#)
    #expect(throws: JSONError.keyIsTaken("k")) { try adding("k", "1", to: object) }
  }

  static let replaced: [(String, String)] = [
    (#"{"k":1}"#, #"{"k":[1]}"#),
    (#" {"a" : 1.50,"k" :  "x\u00e9" ,"n":{"k":2}} "#, #" {"a" : 1.50,"k" :  [1] ,"n":{"k":2}} "#),
    (#"{"\u006b":{"k":1}}"#, #"{"\u006b":[1]}"#),
  ]

  @Test(arguments: replaced)
  func replacesTheValueAlone(_ before: String, _ after: String) throws {
    #expect(text(try object(before).replacing("k", json: Array("[1]".utf8))) == after)
  }

  @Test func replacingAKeyThatIsNotThere() throws {
    let object = try object(#"{"n":{"k":1}}"#)
    #expect(throws: JSONError.missingKey("k")) { try object.replacing("k", json: [0x31]) }
  }

  // MARK: Random objects

  private static let values = ["0", "-1.50e+07", "\"\\u00e9 \\\"\"", "[ 1,\t2 ]", "{\"key3\":{}}", "null", "true"]

  private func space(_ generator: inout SeededGenerator) -> String {
    let count = Int.random(in: 0..<3, using: &generator)
    return (0..<count).map { _ in [" ", "\t", "\r", "\n"].randomElement(using: &generator) ?? " " }.joined()
  }

  /// An object's text in pieces: all before the value of `key3`, that value, and the rest.
  private func pieces(_ generator: inout SeededGenerator) -> (before: String, value: String, after: String) {
    var pieces = (before: space(&generator) + "{", value: "", after: "")
    let keys = (1...5).shuffled(using: &generator)
    for (index, key) in keys.enumerated() {
      let head = space(&generator) + "\"key\(key)\"" + space(&generator) + ":" + space(&generator)
      let value = Self.values.randomElement(using: &generator) ?? "0"
      let tail = space(&generator) + (index + 1 < keys.count ? "," : "}" + space(&generator))
      if key == 3 {
        pieces = (pieces.before + head, value, tail)
      } else if pieces.value.isEmpty {
        pieces.before += head + value + tail
      } else {
        pieces.after += head + value + tail
      }
    }
    return pieces
  }

  @Test func replacingLeavesOtherBytesAlone() throws {
    var generator = SeededGenerator(seed: 2024)
    for _ in 0..<200 {
      let (before, value, after) = pieces(&generator)
      let changed = try object(before + value + after).replacing("key3", json: Array("\"new\"".utf8))
      #expect(text(changed) == before + "\"new\"" + after)
      #expect(try JSONObject(changed).string("key3") == Array("new".utf8))
    }
  }

  @Test func addingLeavesOtherBytesAlone() throws {
    var generator = SeededGenerator(seed: 2025)
    for _ in 0..<200 {
      let (before, value, after) = pieces(&generator)
      let whole = Array((before + value + after).utf8)
      let changed = try adding("key6", "\"new\"", to: JSONObject(whole))
      let brace = try #require(whole.lastIndex(of: UInt8(ascii: "}")))
      let expected: [UInt8] = Array(whole[..<brace]) + Array(#", "key6": "new""#.utf8) + Array(whole[brace...])
      #expect(changed == expected)
      #expect(try JSONObject(changed).string("key6") == Array("new".utf8))
    }
  }
}
