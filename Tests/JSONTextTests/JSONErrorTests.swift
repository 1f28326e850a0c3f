import JSONText
import Testing

struct JSONErrorTests {
  static let cases: [(JSONError, String)] = [
    // Offsets count from 0, the words from 1.
    (.syntax(offset: 0, expected: "a value"), "not JSON: expected a value at byte 1"),
    (.tooDeep(offset: 41), "nested too deep at byte 42"),
    (.notAnObject, "not a JSON object"),
    (.duplicateKey("a"), "the key \"a\" stands twice"),
    (.keyIsTaken("a"), "there is a field \"a\" already"),
    (.missingKey("text"), "no field \"text\""),
    (.notAString(key: "text"), "the field \"text\" is not a string"),
  ]

  @Test(arguments: cases)
  func reasonInWords(_ error: JSONError, _ words: String) {
    #expect(error.description == words)
  }
}
