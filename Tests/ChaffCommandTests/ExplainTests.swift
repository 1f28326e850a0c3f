import Foundation
import Testing

@Suite struct ExplainTests {
  @Test func explainsAText() throws {
    let result = try ChaffProcess(["explain", "Subscribe to continue reading this article"])
    #expect(result.code == 0 && result.messages.isEmpty)
    #expect(result.rows.first?.hasPrefix("registration/paywall") == true)
    #expect(result.output.contains("nats over"))
    #expect(result.output.contains("continue” +"))
    #expect(!result.output.contains("\u{1b}"))
  }

  private struct Page: Decodable {
    struct Part: Decodable {
      let source: String
      let name: String?
      let nats: Double
    }
    struct Line: Decodable {
      let text: String
      let label: String?
      let score: Double?
      let probability: Double?
      let runner_up_probability: Double?
      let blocks: [String: Double]?
      let parts: [Part]?
    }
    let schema: Int
    let file: String
    let line: Int?
    let lines: [Line]
  }

  @Test func jsonHasPartsThatSumToTheScore() throws {
    let result = try ChaffProcess(["explain", "--json", Sample.article])
    let page = try JSONDecoder().decode(Page.self, from: Data(result.output.utf8))
    #expect(page.schema == 1 && page.file == Sample.article && page.line == nil)
    let text = try String(contentsOfFile: Sample.article, encoding: .utf8)
    #expect(page.lines.map { $0.text + "\n" }.joined() == text)
    for line in page.lines where line.label != nil {
      let parts = try #require(line.parts)
      let sum = parts.reduce(0.0) { $0 + $1.nats }
      #expect(sum == line.score)
      #expect(abs(sum - log((line.probability ?? 0) / (line.runner_up_probability ?? 0))) <= 1e-9)
      for (block, nats) in try #require(line.blocks) {
        #expect(abs(parts.filter { $0.source == block }.reduce(-nats) { $0 + $1.nats }) <= 1e-9)
      }
    }
  }

  @Test func labelsAreThoseOfClassify() throws {
    let rows = try ChaffProcess(["classify", Sample.article]).rows
    let explained = try ChaffProcess(["explain", Sample.article, "--features", "0"]).rows.filter {
      !$0.hasPrefix("    ")
    }
    let labels = rows.map { $0.prefix { $0 != "\t" } }
    #expect(explained.map { $0.prefix { $0 != " " } } == labels)
  }

  @Test func weighsAgainstAWantedLabel() throws {
    let result = try ChaffProcess(["explain", "--text", "Home", "--against", "donation/appeal"])
    #expect(result.output.contains("nats over donation/appeal:"))
    let unknown = try ChaffProcess(["explain", "--text", "Home", "--against", "donation/apeal"])
    #expect(unknown.code == 64 && unknown.messages.contains("did you mean 'donation/appeal'?"))
  }

  @Test func readsStandardInput() throws {
    let result = try ChaffProcess(["explain"], input: "Home\n\nSport\n")
    #expect(result.rows.filter { $0.isEmpty }.count == 1)
    #expect(result.rows.contains { $0.hasSuffix("Sport") })
  }

  @Test func aFileThatIsNotThereIsSaid() throws {
    let result = try ChaffProcess(["explain", "missing.txt"])
    #expect(result.code == 66 && result.output.isEmpty && result.messages.contains("missing.txt"))
    #expect(try ChaffProcess(["explain", "--text", "a", "b.txt"]).code == 64)
    #expect(try ChaffProcess(["explain", "/"]).code == 66)
    #expect(try ChaffProcess(["explain", "missing.jsonl"]).code == 66)
    #expect(try ChaffProcess(["explain", "--text", "a", "--input", "jsonl"]).code == 64)
  }

  private static let objects = """
    \u{feff}{"id": 1, "text": "Home\\n\\nThe vote passed by 7 to 2 late on Monday.\\r\\n"}

    {"text": "Subscribe to continue reading this article"}

    """

  @Test func eachObjectOfJSONLinesIsAPage() throws {
    let files = try Scratch()
    let file = try files.write("pages.jsonl", Self.objects).path
    let result = try ChaffProcess(["explain", "--json", file])
    #expect(result.code == 0 && result.messages.isEmpty)
    let pages = try result.rows.map { try JSONDecoder().decode(Page.self, from: Data($0.utf8)) }
    #expect(pages.map(\.line) == [1, 3] && pages.allSatisfy { $0.file == file })
    #expect(pages.map { $0.lines.map(\.text) }[0] == ["Home", "", "The vote passed by 7 to 2 late on Monday."])
    // The same parts as of the text by itself.
    let alone = try ChaffProcess(["explain", "--json", "Subscribe to continue reading this article"])
    let page = try JSONDecoder().decode(Page.self, from: Data(alone.output.utf8))
    #expect(
      pages[1].lines[0].score == page.lines[0].score && pages[1].lines[0].parts?.count == page.lines[0].parts?.count)
    let piped = try ChaffProcess(["explain", "--json", "--input", "jsonl"], input: Self.objects)
    #expect(piped.output == result.output.replacing(file, with: "standard input"))
    let text = try ChaffProcess(["explain", file, "--features", "1"])
    #expect(text.rows.first == "\(file):1" && text.rows.contains("\(file):3"))
  }

  @Test func theFieldIsChosenAndAWrongObjectNamed() throws {
    let result = try ChaffProcess(
      ["explain", "--input", "jsonl", "--field", "body"], input: "{\"body\": \"Home\"}\n{\"text\": \"Sport\"}\n")
    #expect(result.code == 65 && result.messages == "chaff: standard input:2: no field \"body\"\n")
    // What came before it is told.
    #expect(result.rows.first == "standard input:1" && result.output.contains("Home"))
  }

  private struct Classified: Decodable {
    struct Line: Decodable { let reasons: [Page.Part]? }
    struct Chaff: Decodable { let lines: [Line] }
    let chaff: Chaff
  }

  @Test func reasonsOfClassifyAreTheStrongestPartsOfExplain() throws {
    let explained = try ChaffProcess(["explain", "--json", "--input", "jsonl"], input: Self.objects)
    let pages = try explained.rows.map { try JSONDecoder().decode(Page.self, from: Data($0.utf8)) }
    let classified = try ChaffProcess(["classify", "--reasons", "2", "--input", "jsonl"], input: Self.objects)
    let found = try classified.rows.filter { !$0.isEmpty }.map { row in
      try JSONDecoder().decode(Classified.self, from: Data(row.utf8)).chaff.lines.map { $0.reasons?.map(\.nats) ?? [] }
    }
    let expected = pages.map { page in page.lines.map { Self.strongest($0.parts ?? []) } }
    #expect(found == expected)
  }

  private static func strongest(_ parts: [Page.Part]) -> [Double] {
    let speaking: [Double] = parts.map(\.nats).filter { $0 > 0 }
    return Array(speaking.sorted(by: >).prefix(2))
  }

  @Test func coloursAreAskedFor() throws {
    let coloured = try ChaffProcess(["explain", "--text", "Home", "--color", "always"])
    #expect(coloured.output.contains("\u{1b}[34m"))
    #expect(try ChaffProcess(["explain", "--text", "Home", "--color", "loud"]).code == 64)
  }

  @Test func textOfStrangersCannotSteerTheTerminal() throws {
    let result = try ChaffProcess(["explain", "--text", "a\u{1b}[31m \u{202e}b"])
    #expect(!result.output.contains("\u{1b}") && !result.output.contains("\u{202e}"))
  }
}
