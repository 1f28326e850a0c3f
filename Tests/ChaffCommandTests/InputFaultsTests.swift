import Testing

/// `--on-error`: what is done with objects that are wrong.
@Suite struct InputFaultsTests {
  private static let good = #"{"text": "Nobody was hurt."}"#
  private static let faults: [(object: String, reason: String)] = [
    (#"{"text": 1}"#, "the field \"text\" is not a string"),
    ("{bad", "not JSON: expected a string at byte 2"),
    (#"{"a": 1}"#, "no field \"text\""),
    (#"{"text": "x", "text": "y"}"#, "the key \"text\" stands twice"),
  ]

  private func pages() throws -> (files: Scratch, path: String) {
    let files = try Scratch()
    let rows = [Self.good, ""] + Self.faults.map(\.object) + [Self.good]
    return (files, try files.write("pages.jsonl", rows.joined(separator: "\n") + "\n").path)
  }

  @Test func stopsAtTheFirstFaultByDefault() throws {
    let (files, path) = try pages()
    for words in [["classify"], ["classify", "--on-error", "stop"], ["clean"]] {
      let result = try ChaffProcess(words + [path])
      #expect(result.code == 65)
      #expect(result.messages == "chaff: \(path):3: \(Self.faults[0].reason)\n")
      #expect(result.rows.count == 2, "what came before is out")
    }
    withExtendedLifetime(files) {}
  }

  @Test(arguments: ["skip", "pass"])
  func goesOnAndSaysSo(policy: String) throws {
    let (files, path) = try pages()
    let result = try ChaffProcess(["clean", "--keep", "content", "--keep", "navigation", "--on-error", policy, path])
    #expect(result.code == 65)
    let passed = policy == "pass" ? Self.faults.map(\.object) : []
    #expect(result.rows == [Self.good, ""] + passed + [Self.good])
    let told = Self.faults.enumerated().map { "chaff: \(path):\($0 + 3): \($1.reason)\n" }.joined()
    let done = policy == "pass" ? "passed on unchanged" : "skipped"
    #expect(result.messages == told + "chaff: 4 faulty objects were \(done)\n")
    withExtendedLifetime(files) {}
  }

  @Test func tellsTheFirstFaultsAndCountsTheRest() throws {
    let result = try ChaffProcess(
      ["classify", "--input", "jsonl", "--on-error", "skip"], input: String(repeating: "[]\n", count: 2_012))
    #expect(result.code == 65)
    #expect(result.rows.isEmpty)
    let messages = result.messages.split(separator: "\n")
    #expect(messages.count == 12)
    #expect(messages[0] == "chaff: standard input:1: not a JSON object")
    #expect(messages[10] == "chaff: standard input: and 2,002 more faults")
    #expect(messages[11] == "chaff: 2,012 faulty objects were skipped")
  }

  @Test func goesOnToTheNextFile() throws {
    let (files, path) = try pages()
    let result = try ChaffProcess(["classify", "--on-error", "skip", path, "/no/such.jsonl", path])
    #expect(result.code == 66, "a file that is missing weighs more than an object")
    #expect(result.rows.count == 6)
    #expect(result.messages.contains("chaff: /no/such.jsonl: No such file or directory\n"))
    withExtendedLifetime(files) {}
  }

  @Test func withoutFaultsAllIsWell() throws {
    let result = try ChaffProcess(["classify", "--input", "jsonl", "--on-error", "pass"], input: Self.good + "\n")
    #expect(result.code == 0)
    #expect(result.messages.isEmpty)
    #expect(try ChaffProcess(["classify", "--on-error", "ignore"]).code == 64)
  }
}
