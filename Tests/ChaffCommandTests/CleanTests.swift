import Foundation
import Testing

@Suite struct CleanTests {
  @Test func keepsTheArticleByteForByte() throws {
    let result = try ChaffProcess(["clean", Sample.article])
    #expect(result.code == 0)
    let lines = try String(contentsOfFile: Sample.article, encoding: .utf8).split(separator: "\n").map(String.init)
    let kept = Set(result.rows)
    for body in lines where body.hasPrefix("Harbour commissioners") || body.hasPrefix("The repair") {
      #expect(kept.contains(body))
    }
    #expect(!result.output.contains("free articles"))
    #expect(!result.output.contains("Skip to main"))
    // Kept lines stand in the order of the page.
    var rest = lines[...]
    for row in result.rows where !row.isEmpty {
      let place = try #require(rest.firstIndex(of: row))
      rest = rest[(place + 1)...]
    }
  }

  @Test func everythingIsKeptAtThresholdZero() throws {
    let text = "One line.\r\n\r\n  Home  \n\n\n\u{1b}[31mred\u{1b}[0m\nlast"
    let result = try ChaffProcess(["clean", "--threshold", "0"], input: text)
    #expect(Array(result.output.utf8) == Array(text.utf8))
  }

  @Test func aRunOfBlanksShrinksWhereLinesWereDropped() throws {
    let keepAll = try ChaffProcess(["clean", "--threshold", "1.0"], input: "\n\nHome\n\n\nContact\n\n")
    #expect(keepAll.output == "\n\n")
    let page = try ChaffProcess(["clean", Sample.article]).output
    #expect(!page.contains("\n\n\n"))
  }

  @Test func chooses() throws {
    let nags = try ChaffProcess(["clean", "--keep", "registration", "--aggressive", Sample.article])
    #expect(nags.output.contains("free articles"))
    #expect(!nags.output.contains("Harbour commissioners"))
    let rest = try ChaffProcess(["clean", "--drop", "content", "--aggressive", Sample.article])
    #expect(rest.output.contains("free articles"))
    #expect(!rest.output.contains("Harbour commissioners"))
    let careful = try ChaffProcess(["clean", "--careful", Sample.article]).rows.count
    let aggressive = try ChaffProcess(["clean", "--aggressive", Sample.article]).rows.count
    #expect(careful >= aggressive)
  }

  @Test func suggestsALabel() throws {
    let result = try ChaffProcess(["clean", "--keep", "contents"], input: "x\n")
    #expect(result.code == 64)
    #expect(result.messages == "chaff: the model has no label 'contents'; did you mean 'content'?\n")
    #expect(try ChaffProcess(["clean", "--careful", "--aggressive"], input: "x\n").code == 64)
  }

  @Test func replacesTheFieldOfJSON() throws {
    let (before, nag, after) = (
      "Harbour bridge to close for ten weeks\\n"
        + "The council voted late on Monday to close the harbour bridge while its cables are replaced.",
      "You have 2 free articles left. Subscribe now.",
      "The vote passed by 7 to 2 after three hours of debate, the mayor said. "
        + "Ferries will carry passengers until the cables are in place."
    )
    func object(_ lines: String...) -> String {
      "{\"n\": 1.50, \"text\": \"\(lines.joined(separator: "\\n"))\", \"z\": null}\n"
    }
    let result = try ChaffProcess(
      ["clean", "--input", "jsonl", "--aggressive"], input: object(before, nag, after))
    #expect(result.code == 0)
    #expect(result.output == object(before, after))
  }

  @Test func pagesWithoutAFinalLineEndStayApart() throws {
    let files = try Scratch()
    let first = try files.write("a.txt", "One\r\n\r\nTwo")
    let second = try files.write("b.txt", "Three\n")
    let result = try ChaffProcess(["clean", "--threshold", "0", first.path, second.path])
    #expect(Array(result.output.utf8) == Array("One\r\n\r\nTwo\nThree\n".utf8))
  }

  @Test func aModelWithoutContentMustBeTold() throws {
    let files = try Scratch()
    let data = try files.write("a.tsv", "good\tThe vote passed.\nbad\tSubscribe now\n")
    let model = files.path("model")
    #expect(try ChaffProcess(["train", data.path, "--output", model]).code == 0)
    let result = try ChaffProcess(["clean", "--model", model], input: "x\n")
    #expect(result.code == 64)
    #expect(result.messages.contains("no label 'content'"))
    #expect(try ChaffProcess(["clean", "--model", model, "--keep", "good"], input: "x\n").code == 0)
  }
}
