import Foundation
import Testing

/// JSON Lines that nobody should send.
@Suite struct HostileJSONTests {
  private func run(_ verb: [String], _ json: String) throws -> ChaffProcess {
    try ChaffProcess(verb + ["--input", "jsonl"], input: json)
  }

  @Test(arguments: [
    ("{\"text\": \"x\"", "not JSON: expected a comma or a closing brace at byte 13"),
    ("{\"text\": \"x\"} {}", "not JSON: expected the end of the line at byte 15"),
    ("{\"text\": \"x\",}", "not JSON: expected a string at byte 14"),
    ("{'text': 'x'}", "not JSON: expected a string at byte 2"),
    ("{\"text\": \"x\u{1}\"}", "not JSON: expected no control character in a string at byte 12"),
    ("{\"text\": \"\\x41\"}", "not JSON: expected an escape at byte 12"),
    ("{\"text\": \"\\ud8\"}", "not JSON: expected four hexadecimal digits at byte 15"),
    ("{\"text\": NaN}", "not JSON: expected a value at byte 10"),
    ("{\"n\": 01, \"text\": \"x\"}", "not JSON: expected a comma or a closing brace at byte 8"),
    ("[\"text\"]", "not a JSON object"), ("\"text\"", "not a JSON object"), ("null", "not a JSON object"),
    ("{\"text\": [\"x\"]}", "the field \"text\" is not a string"),
    ("{\"text\": null}", "the field \"text\" is not a string"),
    ("{\"Text\": \"x\"}", "no field \"text\""),
    ("{\"text\": \"x\", \"te\\u0078t\": \"y\"}", "the key \"text\" stands twice"),
    ("{\"text\": \"x\", \"chaff\": 1}", "there is a field \"chaff\" already"),
  ])
  func namesTheLine(_ object: String, _ reason: String) throws {
    let result = try run(["classify"], "{\"text\": \"Home\"}\r\n\n\(object)\n{\"text\": \"never read\"}\n")
    #expect(result.code == 65)
    #expect(result.messages == "chaff: standard input:3: \(reason)\n")
    #expect(result.rows.count == 2, "what came before is out")
  }

  @Test func depthIsBounded() throws {
    func nested(_ depth: Int, _ open: String, _ close: String) -> String {
      "{\"text\": \"x\", \"n\": " + String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        + "}"
    }
    #expect(try run(["clean"], nested(511, "[", "]")).code == 0)
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
      let result = try run(["clean"], nested(200_000, open, close))
      #expect(result.code == 65)
      #expect(result.messages.contains("nested too deep at byte "))
    }
  }

  /// Numbers are not read, so they are kept digit for digit; so are escapes and spaces of what is not the text.
  @Test func restIsKeptToTheByte() throws {
    let rest = " \"n\" : 123456789012345678901234567890.10E+400, \"m\":-0.0,\"s\":\"\\u00e9\\/\\ud800\", \"a\":[ ] "
    let kept = try run(["clean", "--threshold", "0"], "{\"text\": \"Home\",\(rest)}\n")
    #expect(kept.output == "{\"text\": \"Home\",\(rest)}\n")
    let judged = try run(["classify"], "{\(rest),\"text\":\"Home\"}\n")
    #expect(judged.output.hasPrefix("{\(rest),\"text\":\"Home\", \"chaff\": {"))
  }

  /// A lone surrogate is no character, but it is the page's, and cleaning keeps it.
  @Test func loneSurrogatesStay() throws {
    let object = #"{"text": "a \ud800 b\n\udc00\ud83d\ude00\n"}"#
    let result = try run(["clean", "--threshold", "0"], object + "\n")
    #expect(result.code == 0)
    #expect(result.output == #"{"text": "a \ud800 b\n\udc00😀\n"}"# + "\n")
    #expect(try run(["classify"], object + "\n").code == 0)
  }

  @Test func manyMembersAndManyLines() throws {
    let members = (0..<100_000).map { "\"k\($0)\": 0" }.joined(separator: ",")
    #expect(try run(["classify"], "{\(members), \"text\": \"x\"}\n").rows.count == 1)
    let text = String(repeating: "line\\n", count: 200_000)
    let result = try run(["classify"], "{\"text\": \"\(text)\"}\n")
    #expect(result.code == 0)
    #expect(result.output.components(separatedBy: "\"probability\"").count - 1 == 200_000)
  }

  @Test func fieldOfAnyName() throws {
    let result = try ChaffProcess(
      ["clean", "--input", "jsonl", "--field", "\u{1b}é\"", "--threshold", "0"],
      input: "{\"\\u001bé\\\"\": \"Home\"}\n")
    #expect(result.code == 0)
    #expect(result.output == "{\"\\u001bé\\\"\": \"Home\"}\n")
  }
}
