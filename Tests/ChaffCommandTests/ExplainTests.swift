import Foundation
import Testing

@Suite struct ExplainTests {
  @Test func explainsAText() throws {
    let result = try ChaffProcess(["explain", "Subscribe to continue reading this article"])
    #expect(result.code == 0 && result.messages.isEmpty)
    #expect(result.rows.first?.hasPrefix("registration/paywall") == true)
    #expect(result.output.contains("nats over"))
    #expect(result.output.contains("subscribe” +"))
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
    let lines: [Line]
  }

  @Test func jsonHasPartsThatSumToTheScore() throws {
    let result = try ChaffProcess(["explain", "--json", Sample.article])
    let page = try JSONDecoder().decode(Page.self, from: Data(result.output.utf8))
    #expect(page.schema == 1 && page.file == Sample.article)
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
    let objects = try ChaffProcess(["explain", "pages.jsonl"])
    #expect(objects.code == 64 && objects.messages.contains("classify --reasons"))
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
