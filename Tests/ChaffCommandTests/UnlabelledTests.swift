import Foundation
import Testing

/// `train --unlabelled`.
@Suite struct UnlabelledTests {
  @Test func textAndJSONLines() throws {
    let files = try Scratch()
    let data = try files.write("data.tsv", Sample.labelled).path
    let page = try files.write("page.txt", "Home\nThe river fell again on Tuesday.\n").path
    let pages = try files.write("pages.jsonl", "{\"text\": \"Contact us\\nThe bridge was open.\"}\n\n").path
    let words = ["train", data, "--output", files.path("m"), "--unlabelled-weight", "0.2"]
    let result = try ChaffProcess(words + ["--unlabelled", page, "--unlabelled", pages])
    #expect(result.code == 0)
    #expect(result.output.contains("\nunlabelled 2 pages, "))
    #expect(result.output.contains("rows      7\n"))
    let first = try Data(contentsOf: URL(fileURLWithPath: files.path("m")))
    #expect(try ChaffProcess(words + ["--unlabelled", pages, "--unlabelled", page]).code == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: files.path("m"))) == first)
  }

  @Test(arguments: [
    (["--unlabelled-weight", "0.1"], "--unlabelled-weight goes with --unlabelled"),
    (["--unlabelled", "x", "--base", "standard"], "--unlabelled does not go with --base MODEL"),
    (["--unlabelled", "x", "--parameters-of", "standard"], "--unlabelled does not go with --parameters-of"),
    (
      ["--unlabelled", "x", "--unlabelled-weight", "2"],
      "--unlabelled-weight is a number from 0.0 to 1.0, not '2'"
    ),
  ])
  func wrongOptions(options: [String], reason: String) throws {
    let files = try Scratch()
    let data = try files.write("data.tsv", Sample.labelled).path
    let result = try ChaffProcess(["train", data, "--output", files.path("m")] + options)
    #expect(result.code == 64)
    #expect(result.messages == "chaff: \(reason)\n")
  }

  @Test func wrongPages() throws {
    let files = try Scratch()
    let data = try files.write("data.tsv", Sample.labelled).path
    let words = ["train", data, "--output", files.path("m"), "--unlabelled"]
    #expect(try ChaffProcess(words + ["/no/page"]).code == 66)
    let wrong = try files.write("wrong.jsonl", "{\"text\": 3}\n").path
    let result = try ChaffProcess(words + [wrong])
    #expect(result.code == 65)
    #expect(result.messages.hasPrefix("chaff: \(wrong):1: "))
    #expect(try files.names() == ["data.tsv", "wrong.jsonl"])
  }
}
