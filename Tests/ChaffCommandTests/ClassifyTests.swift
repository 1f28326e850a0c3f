import Foundation
import Testing

@Suite struct ClassifyTests {
  private func article() throws -> [String] {
    try String(contentsOfFile: Sample.article, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map(String.init)
  }

  @Test func givesOneRowForEachRow() throws {
    let result = try ChaffProcess(["classify", Sample.article])
    #expect(result.code == 0)
    #expect(result.messages.isEmpty)
    let lines = try article()
    #expect(result.rows.count == lines.count)
    for (row, line) in zip(result.rows, lines) {
      let fields = row.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
      if line.isEmpty {
        #expect(row.isEmpty)
      } else {
        #expect(fields.count == 3)
        #expect(fields.last.map(String.init) == line)
      }
    }
  }

  @Test func tellsTheArticleFromItsChaff() throws {
    let rows = try ChaffProcess(["classify", Sample.article]).rows
    func category(of text: String) -> String? {
      rows.first { $0.contains(text) }?.split(separator: "/").first.map(String.init)
    }
    #expect(category(of: "Harbour commissioners voted") == "content")
    #expect(category(of: "You have read 3 of your 4") == "registration")
    #expect(category(of: "the Courier has no owner") == "donation")
    #expect(category(of: "© 2025") == "navigation")
    #expect(category(of: "Skip to main") == "navigation")
  }

  @Test(arguments: ["", "\n", "\n\n\n", "a", "a\n", "a\r\nb\r\n", "a\n\nb", "\t \n", "\u{0}\n", "\u{a0}\n"])
  func keepsTheNumberOfRows(input: String) throws {
    let result = try ChaffProcess(["classify"], input: input)
    let feeds = input.utf8.filter { $0 == 0x0a }.count
    #expect(result.code == 0)
    #expect(result.rows.count == feeds + (input.utf8.last.map { $0 == 0x0a } ?? true ? 0 : 1))
  }

  @Test func readsStandardInputAsDash() throws {
    let direct = try ChaffProcess(["classify", Sample.article])
    let text = try String(contentsOfFile: Sample.article, encoding: .utf8)
    #expect(try ChaffProcess(["classify", "-"], input: text).output == direct.output)
    #expect(try ChaffProcess(["classify"], input: text).output == direct.output)
  }

  @Test func judgesLinesAlone() throws {
    let page = try ChaffProcess(["classify", Sample.article]).rows
    let alone = try ChaffProcess(["classify", "--lines-alone", Sample.article]).rows
    #expect(page.count == alone.count)
    #expect(page != alone)
    // A line alone is judged the same wherever it stands.
    let reversed = try article().reversed().joined(separator: "\n")
    let backwards = try ChaffProcess(["classify", "--lines-alone"], input: reversed + "\n").rows
    #expect(Array(backwards.reversed()) == alone)
  }

  @Test func keepsJSONObjectsAsTheyAre() throws {
    let object =
      #"{ "id" : 12345678901234567890.10, "text": "You have 2 free articles left.\n\nThe vote passed.", "x": [1, {"text": 2}] }"#
    let result = try ChaffProcess(["classify", "--input", "jsonl"], input: object + "\n\n" + object)
    #expect(result.code == 0)
    #expect(result.rows.count == 3)
    #expect(result.rows[1].isEmpty)
    #expect(result.rows[0] == result.rows[2])
    #expect(
      result.rows[0].hasPrefix(String(object.dropLast(2)) + " , \"chaff\": {\"lines\": [")
        || result.rows[0].hasPrefix(String(object.dropLast())))
    let parsed = try #require(try JSONSerialization.jsonObject(with: Data(result.rows[0].utf8)) as? [String: Any])
    let chaff = try #require(parsed["chaff"] as? [String: Any])
    let lines = try #require(chaff["lines"] as? [[String: Any]])
    #expect(lines.count == 3)
    #expect(lines[0]["category"] as? String == "registration")
    #expect(lines[1]["label"] is NSNull)
    let page = try #require(chaff["page"] as? [String: Double])
    #expect(page.keys.sorted() == ["content", "donation", "navigation", "registration"])
    #expect(page.values.allSatisfy { (0...1).contains($0) })
    #expect(try #require(page["registration"]) > 0.5)
  }

  @Test func makesAnObjectOfPlainText() throws {
    let result = try ChaffProcess(
      ["classify", "--format", "jsonl", Sample.article, "-"], input: "One \"line\".\r\nTwo")
    #expect(result.code == 0)
    #expect(result.rows.count == 2)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(result.rows[1].utf8)) as? [String: Any])
    #expect(object["file"] as? String == "standard input")
    #expect(object["text"] as? String == "One \"line\".\nTwo")
    let chaff = try #require(object["chaff"] as? [String: Any])
    #expect((chaff["lines"] as? [Any])?.count == 2)
  }

  @Test func stopsAtABrokenObjectWithAllBeforeItOut() throws {
    let files = try Scratch()
    let file = try files.write("pages.jsonl", "{\"text\": \"One.\"}\n{\"text\": 2}\n{\"text\": \"Three.\"}\n")
    let result = try ChaffProcess(["classify", file.path])
    #expect(result.code == 65)
    #expect(result.rows.count == 1)
    #expect(result.messages == "chaff: \(file.path):2: the field \"text\" is not a string\n")
  }

  @Test func namesTheField() throws {
    let result = try ChaffProcess(["classify", "--input=jsonl", "--field=body"], input: "{\"body\": \"One.\"}\n")
    #expect(result.code == 0)
    let missing = try ChaffProcess(["classify", "--input=jsonl"], input: "{\"body\": \"One.\"}\n")
    #expect(missing.code == 65)
    #expect(missing.messages == "chaff: standard input:1: no field \"text\"\n")
  }

  @Test func escapesHTML() throws {
    let result = try ChaffProcess(
      ["classify", "--format", "html"], input: "<script>alert('x')</script> & \"y\"\n\nText.\n")
    #expect(result.code == 0)
    #expect(result.output.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;"))
    #expect(!result.output.contains("<script>"))
    #expect(result.output.hasPrefix("<!DOCTYPE html>"))
    #expect(result.output.hasSuffix("</html>\n"))
    #expect(result.output.contains("aria-label=\"Legend\""))
  }

  @Test func goesOnAfterAMissingFile() throws {
    let result = try ChaffProcess(["classify", "/nonexistent/page.txt", Sample.article])
    #expect(result.code == 66)
    #expect(result.messages == "chaff: /nonexistent/page.txt: No such file or directory\n")
    #expect(result.output == (try ChaffProcess(["classify", Sample.article]).output))
  }

  @Test func refusesAFolder() throws {
    let files = try Scratch()
    let result = try ChaffProcess(["classify", files.folder.path])
    #expect(result.code == 66)
    #expect(result.messages.contains("Is a directory"))
  }

  @Test func refusesWhatIsNoModel() throws {
    let files = try Scratch()
    let model = try files.write("a.chaffmodel", "not a model at all")
    let result = try ChaffProcess(["classify", "--model", model.path], input: "x\n")
    #expect(result.code == 65)
    #expect(result.messages == "chaff: \(model.path): not a Chaff model\n")
    #expect(try ChaffProcess(["classify", "--model", files.path("none")], input: "x\n").code == 66)
  }

  @Test func aMovedBinaryStillWorks() throws {
    let files = try Scratch()
    let copy = files.folder.appendingPathComponent("moved-chaff")
    try FileManager.default.copyItem(at: ChaffProcess.binary, to: copy)
    let moved = try ChaffProcess(["classify", Sample.article], binary: copy, folder: files.folder)
    #expect(moved.code == 0)
    #expect(moved.output == (try ChaffProcess(["classify", Sample.article]).output))
  }

  @Test func aByteOrderMarkBeforeJSONIsPassedOver() throws {
    let result = try ChaffProcess(["classify", "--input", "jsonl"], input: "\u{feff}{\"text\": \"One.\"}\n")
    #expect(result.code == 0)
    #expect(result.rows.count == 1)
  }
}
