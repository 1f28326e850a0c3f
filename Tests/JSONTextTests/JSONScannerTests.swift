import JSONText
import Testing

struct JSONScannerTests {
  private func scan(_ bytes: [UInt8]) throws -> (members: [JSONScanner.Member], end: Int) {
    try bytes.withUnsafeBufferPointer { try JSONScanner.object($0) }
  }

  private func scan(_ text: String) throws -> (members: [JSONScanner.Member], end: Int) {
    try scan(Array(text.utf8))
  }

  @Test func membersAreRangesOfBytes() throws {
    let (members, end) = try scan(#" {"a": 1, "bé" :[2,{"c":3}] } "#)
    #expect(members.map(\.key) == [2..<5, 10..<15])
    #expect(members.map(\.value) == [7..<8, 17..<28])
    #expect(end == 29)
  }

  @Test(arguments: ["{}", " \t\r\n{ \t\r\n} \t\r\n"])
  func emptyObject(_ text: String) throws {
    let (members, end) = try scan(text)
    #expect(members.isEmpty)
    #expect(Array(text.utf8)[end] == UInt8(ascii: "}"))
  }

  @Test(arguments: [
    "0", "-0", "10", "-12.50", "1e5", "1E+5", "1.25e-300", "true", "false", "null", "[]", "[ ]", "[1,[2],{}]", "{}",
    #""""#, #""\"\\\/\b\f\n\r\t\u00e9\uABCD""#, #""é😀""#, #"{"a":{"a":{}}}"#,
  ])
  func everyKindOfValue(_ value: String) throws {
    let (members, _) = try scan("{\"k\":\(value)}")
    let member = try #require(members.first)
    #expect(members.count == 1)
    #expect(member.value == 5..<5 + value.utf8.count)
  }

  static let broken: [(String, Int, String)] = [
    ("", 0, "a value"),
    ("  ", 2, "a value"),
    ("{", 1, "a string"),
    ("{1:2}", 1, "a string"),
    (#"{"a"}"#, 4, "a colon"),
    (#"{"a":}"#, 5, "a value"),
    (#"{"a":+1}"#, 5, "a value"),
    (#"{"a":.5}"#, 5, "a value"),
    (#"{"a":NaN}"#, 5, "a value"),
    (#"{"a":-}"#, 6, "a value"),
    (#"{"a":1"#, 6, "a comma or a closing brace"),
    (#"{"a":01}"#, 6, "a comma or a closing brace"),
    (#"{"a":1]"#, 6, "a comma or a closing brace"),
    (#"{"a":1,}"#, 7, "a string"),
    (#"{"a":[1 2]}"#, 8, "a comma or a closing bracket"),
    (#"{"a":[1,]}"#, 8, "a value"),
    ("[1, 2", 5, "a comma or a closing bracket"),
    (#"{"a":tru}"#, 8, "true"),
    (#"{"a":fals"#, 9, "false"),
    (#"{"a":nil}"#, 6, "null"),
    (#"{"a":"x"#, 7, "a closing quotation mark"),
    ("{\"a\":\"\t\"}", 6, "no control character in a string"),
    (#"{"a":"\x"}"#, 7, "an escape"),
    (#"{"a":"\"#, 7, "an escape"),
    (#"{"a":"\u12G4"}"#, 10, "four hexadecimal digits"),
    (#"{"a":"\u12"#, 10, "four hexadecimal digits"),
    (#"{"a":1.}"#, 7, "a digit"),
    (#"{"a":1e+}"#, 8, "a digit"),
    ("{} x", 3, "the end of the line"),
    ("{}{}", 2, "the end of the line"),
  ]

  @Test(arguments: broken)
  func brokenGrammar(_ text: String, _ offset: Int, _ expected: String) {
    #expect(throws: JSONError.syntax(offset: offset, expected: expected)) { try scan(text) }
  }

  @Test(arguments: ["[1]", "[{}]", "\"x\"", "-1.5", "null", "true", "false"])
  func otherValuesAreNoObject(_ text: String) {
    #expect(throws: JSONError.notAnObject) { try scan(text) }
  }

  private func nested(arrays: Int, around inner: String = "") -> [UInt8] {
    Array(#"{"a":"#.utf8) + Array(repeating: UInt8(ascii: "["), count: arrays) + Array(inner.utf8)
      + Array(repeating: UInt8(ascii: "]"), count: arrays) + [UInt8(ascii: "}")]
  }

  @Test func depthLimit() throws {
    // The object itself is the first of the levels.
    #expect(try scan(nested(arrays: JSONScanner.depthLimit - 1)).members.count == 1)
    #expect(throws: JSONError.tooDeep(offset: 5 + JSONScanner.depthLimit - 1)) {
      try scan(nested(arrays: JSONScanner.depthLimit))
    }
  }

  @Test(arguments: ["1", "\"x\"", "null", "true, false, -2.5e3"])
  func depthLimitCountsArraysAndObjectsAlone(_ inner: String) throws {
    #expect(JSONScanner.depthLimit == 512)
    #expect(try scan(nested(arrays: 511, around: inner)).members.count == 1)
    #expect(throws: JSONError.tooDeep(offset: 516)) { try scan(nested(arrays: 512, around: inner)) }
  }

  @Test func depthLimitCountsObjectsAsItDoesArrays() throws {
    #expect(try scan(nested(arrays: 510, around: #"{"b": 1}"#)).members.count == 1)
    #expect(throws: JSONError.tooDeep(offset: 516)) { try scan(nested(arrays: 511, around: #"{"b": 1}"#)) }
    let objects = String(repeating: #"{"a":"#, count: 512) + "1" + String(repeating: "}", count: 512)
    #expect(try scan(objects).members.count == 1)
    #expect(throws: JSONError.tooDeep(offset: 512 * 5)) { try scan(#"{"a":"# + objects + "}") }
  }

  @Test func depthLimitHoldsOutsideObjects() {
    let arrays = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: JSONError.tooDeep(offset: JSONScanner.depthLimit)) { try scan(arrays) }
  }

  /// Damage anywhere is told with a place inside the text, and never traps.
  @Test func damagedTextsNeverTrap() throws {
    let whole = Array(#" {"a": [1, -2.5e+3, {"b\n\u00e9": "é\ud83d\ude00"}], "c": null, "d": true} "#.utf8)
    var generator = SeededGenerator(seed: 71)
    var refused = 0
    for _ in 0..<2_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        default: bytes.removeLast(bytes.count - place)
        }
        if bytes.isEmpty { bytes = [0x20] }
      }
      do {
        let (members, end) = try scan(bytes)
        #expect(bytes[end] == UInt8(ascii: "}"))
        #expect(members.allSatisfy { $0.key.upperBound < $0.value.lowerBound && $0.value.upperBound <= end })
      } catch JSONError.syntax(let offset, _) {
        refused += 1
        #expect((0...bytes.count).contains(offset))
      } catch {
        #expect(error as? JSONError == .notAnObject)
      }
    }
    #expect(refused > 500)
  }
}
