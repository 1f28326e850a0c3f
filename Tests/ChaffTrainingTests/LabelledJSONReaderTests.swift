import ChaffTraining
import Testing

/// The reader is internal: it is reached by the file's ending.
struct LabelledJSONReaderTests {
  private func read(_ text: String) throws -> [LabelledPage] {
    try CorpusReader.read(Array(text.utf8), file: "f.jsonl")
  }

  @Test func neighboursWithOnePageAreAPage() throws {
    let pages = try read(
      """
      {"page": "one", "label": "nav", "text": "Home"}
      {"label": "content/body", "page": "one", "text": "A \\"line\\".", "more": [1, null]}

      {"label": "skip", "text": "x", "page": "two"}
      {"label": "nav", "text": "y", "page": "one"}
      """)
    #expect(pages.map(\.name) == ["one", "two", "one"])
    #expect(pages.map(\.isPart) == [false, false, false])
    #expect(pages.map { $0.rows.map(\.label?.path) } == [["nav", "content/body"], [nil], ["nav"]])
    #expect(pages.map { $0.rows.map(\.lineNumber) } == [[1, 2], [4], [5]])
    #expect(pages[0].rows[1].text == Array("A \"line\".".utf8))
    #expect(pages.allSatisfy { $0.file == "f.jsonl" })
  }

  @Test func rowsWithoutAPageArePartsOfTheirOwn() throws {
    let pages = try read(
      """
      {"label": "nav", "text": "a"}
      {"label": "nav", "text": "b"}
      {"label": "nav", "text": "c", "page": ""}
      {"label": "nav", "text": "d", "page": ""}
      """)
    #expect(pages.map(\.isPart) == [true, true, false])
    #expect(pages.map(\.rows.count) == [1, 1, 2])
  }

  @Test func sitesComeFromAMemberOrTheAddress() throws {
    let pages = try read(
      """
      {"page": "1", "label": "nav", "text": "a", "site": "courier", "url": "https://other.example/1"}
      {"page": "1", "label": "nav", "text": "b", "site": "courier"}
      {"page": "1", "label": "nav", "text": "c", "site": "gazette"}
      {"page": "2", "label": "nav", "text": "d", "url": "https://www.Courier.example:8080/2?x"}
      {"page": "2", "label": "nav", "text": "e", "url": null}
      {"page": "3", "label": "nav", "text": "f", "site": null, "url": "a/path"}
      {"label": "nav", "text": "g", "site": "courier"}
      """)
    #expect(pages.map(\.site) == ["courier", "gazette", "courier.example", nil, "courier"])
    #expect(pages.map(\.rows.count) == [2, 1, 2, 1, 1])
    #expect(pages.map(PageGroup.name) == ["site courier", "site gazette", "site courier.example", nil, "site courier"])
  }

  @Test func lineFeedsInATextBecomeSpaces() throws {
    let rows = try #require(try read(#"{"label": "nav", "text": "a\nb\tc"}"#).first).rows
    #expect(rows.map(\.text) == [Array("a b\tc".utf8)])
  }

  static let wrong: [(String, CorpusError.Fault)] = [
    (#"{"label": "nav", "text": "b""#, .json("not JSON: expected a comma or a closing brace at byte 29")),
    (#"["nav", "b"]"#, .json("not a JSON object")),
    (#"{"text": "b"}"#, .json("no field \"label\"")),
    (#"{"label": "nav"}"#, .json("no field \"text\"")),
    (#"{"label": 1, "text": "b"}"#, .json("the field \"label\" is not a string")),
    (#"{"label": "nav", "text": "b", "site": 3}"#, .json("the field \"site\" is not a string")),
    (#"{"label": "nav", "text": "b", "url": ["x"]}"#, .json("the field \"url\" is not a string")),
    (#"{"label": "nav", "text": "b", "page": 3}"#, .json("the field \"page\" is not a string")),
    (#"{"label": "nav", "text": "b", "text": "c"}"#, .json("the key \"text\" stands twice")),
    (#"{"label": "two words", "text": "b"}"#, .invalidLabel("two words")),
    (#"{"label": "nav", "text": " \n\t"}"#, .noText),
  ]

  @Test(arguments: wrong)
  func wrongRows(_ row: String, _ fault: CorpusError.Fault) {
    #expect(throws: CorpusError(file: "f.jsonl", line: 2, fault: fault)) {
      try read(#"{"label": "nav", "text": "a"}"# + "\n" + row + "\n")
    }
  }

  @Test(arguments: ["", "\n  \n"])
  func nothingAtAll(_ text: String) {
    #expect(throws: CorpusError(file: "f.jsonl", line: nil, fault: .empty)) { try read(text) }
  }
}
