import Testing

@testable import ChaffCommand

struct JSONValueTests {
  @Test func writesEveryKind() {
    let value = JSONValue.object([
      ("b", .list([.count(-1), .number(0.1), .number(nil), .number(.infinity), .flag(true), .null])),
      ("a\"", .text("x\n\u{1f}")),
    ])
    #expect(value.json == #"{"b": [-1, 0.1, null, null, true, null], "a\"": "x\n\u001f"}"#)
    #expect(JSONValue.list([]).json == "[]" && JSONValue.object([]).json == "{}")
    #expect(JSONValue.number(1e-7).json == "1e-07")
  }
}
