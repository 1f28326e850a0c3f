import Foundation
import Testing

@Suite struct ReasonedPagesTests {
  @Test func rowsAreThoseOfClassifyWithReasonsAdded() throws {
    let plain = try ChaffProcess(["classify", Sample.article]).rows
    let result = try ChaffProcess(["classify", "--reasons", "3", Sample.article])
    #expect(result.code == 0 && result.rows.count == plain.count)
    for (row, expected) in zip(result.rows, plain) {
      let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
      #expect(fields.prefix(3).joined(separator: "\t") == expected)
      guard !expected.isEmpty else { continue }
      #expect(fields.count == 4 && (1...3).contains(fields[3].split(separator: ";").count))
    }
  }

  @Test func objectsHaveReasons() throws {
    let input = #"{"text": "You have 2 free articles left.\n\nThe vote passed by 7 to 2."}"# + "\n"
    let result = try ChaffProcess(["classify", "--input", "jsonl", "--reasons", "2"], input: input)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let lines = try #require((object["chaff"] as? [String: Any])?["lines"] as? [[String: Any]])
    #expect(lines.count == 3)
    #expect((lines[0]["reasons"] as? [[String: Any]])?.count == 2)
    #expect(lines[1]["reasons"] == nil)
    let text = try ChaffProcess(["classify", "--format", "jsonl", "--reasons", "2", Sample.article])
    #expect(text.output.contains("\"reasons\": [{\"source\": "))
  }

  @Test func htmlAndColourShowThem() throws {
    let html = try ChaffProcess(["classify", "--format", "html", "--reasons", "2", Sample.article])
    #expect(html.output.contains(" %; ") && html.output.hasSuffix("</html>\n"))
    let colour = try ChaffProcess(["classify", "--color", "always", "--reasons", "2", Sample.article])
    #expect(colour.output.contains("\u{1b}[2m") && colour.output.contains("\u{1b}[34m"))
  }

  @Test func aMissingFileIsPassedOver() throws {
    let result = try ChaffProcess(["classify", "--reasons", "1", "missing.txt", Sample.article])
    #expect(result.code == 66 && !result.output.isEmpty)
    #expect(try ChaffProcess(["classify", "--reasons", "-1"]).code == 64)
  }
}
