import Foundation
import Testing

/// `count` and `merge` against one `train`.
@Suite struct MergeTests {
  private func contents(_ files: Scratch, _ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: files.path(name)))
  }

  @Test func mergedPartsAreTheTrainedModel() throws {
    let files = try Scratch()
    let pages = Sample.labelled.components(separatedBy: "\n\n")
    let first = try files.write("a.tsv", pages[0] + "\n").path
    let second = try files.write("b.tsv", pages[1] + "\n").path
    #expect(try ChaffProcess(["train", first, second, "--output", files.path("m"), "--folds", "3"]).code == 0)
    let counted = try ChaffProcess(["count", first, "--output", files.path("1.chaffpart")])
    #expect(counted.code == 0)
    #expect(counted.output.contains("pages     1 and 0 parts\nrows      4\nlabels    2\n"))
    #expect(try ChaffProcess(["count", second, "--output", files.path("2.chaffpart")]).code == 0)
    for (name, order) in [("m1", ["1", "2"]), ("m2", ["2", "1"])] {
      let parts = order.map { files.path("\($0).chaffpart") }
      let merged = try ChaffProcess(["merge"] + parts + ["--output", files.path(name), "--folds", "3"])
      #expect(merged.code == 0)
      #expect(merged.output.contains("rows      7\n"))
      #expect(try contents(files, name) == contents(files, "m"))
    }
    let parts = ["1", "2"].map { files.path("\($0).chaffpart") }
    #expect(try ChaffProcess(["merge"] + parts + ["--to-part", "--output", files.path("12.chaffpart")]).code == 0)
    #expect(
      try ChaffProcess(["merge", files.path("12.chaffpart"), "--output", files.path("m3"), "--folds", "3"]).code == 0)
    #expect(try contents(files, "m3") == contents(files, "m"))
  }

  /// As a worker does that gets its rows through a pipe.
  @Test func countsJSONLinesFromStandardInputToStandardOutput() throws {
    let files = try Scratch()
    let rows = """
      {"page": "1", "label": "nav", "text": "Home"}
      {"page": "1", "label": "content", "text": "The river rose."}

      """
    let data = try files.write("a.jsonl", rows).path
    #expect(try ChaffProcess(["count", data, "--output", files.path("part")]).code == 0)
    let command = "\"$0\" count - --output - > \"$1\""
    let piped = try ChaffProcess(
      ["-c", command, ChaffProcess.binary.path, files.path("piped")], input: rows,
      binary: URL(fileURLWithPath: "/bin/sh"))
    #expect(piped.code == 0)
    #expect(piped.messages.isEmpty)
    #expect(try contents(files, "piped") == contents(files, "part"))
  }

  @Test func pagesWithoutLabelsAreLearntFromAsByTrain() throws {
    let files = try Scratch()
    let data = try files.write("a.tsv", Sample.labelled).path
    let pages = try files.write("pages.jsonl", "{\"text\": \"Contact us\\nThe bridge was open.\"}\n").path
    let part = files.path("part")
    #expect(try ChaffProcess(["count", data, "--output", part]).code == 0)
    let options = ["--unlabelled", pages, "--unlabelled-weight", "0.5"]
    let trained = try ChaffProcess(["train", data, "--output", files.path("trained")] + options)
    let merged = try ChaffProcess(["merge", part, "--output", files.path("merged")] + options)
    #expect(trained.code == 0 && merged.code == 0 && merged.output.contains("\nunlabelled 1 pages, "))
    #expect(try contents(files, "merged") == contents(files, "trained"))
    let toPart = try ChaffProcess(["merge", part, "--to-part", "--output", files.path("p")] + options)
    #expect(toPart.code == 64 && toPart.messages.contains("--unlabelled does not go with --to-part"))
    #expect(try ChaffProcess(["merge", part, "--unlabelled-weight", "1", "--output", files.path("p")]).code == 64)
  }

  @Test func whatIsNoPartIsRefused() throws {
    let files = try Scratch()
    let wrong = try files.write("wrong.chaffpart", "label\ttext\n")
    let result = try ChaffProcess(["merge", wrong.path, "--output", files.path("m")])
    #expect(result.code == 65)
    #expect(result.messages == "chaff: \(wrong.path): not a part file of chaff count\n")
    #expect(try ChaffProcess(["merge", "/no/part", "--output", files.path("m")]).code == 66)
    #expect(try ChaffProcess(["merge", wrong.path]).code == 64)
    #expect(try ChaffProcess(["count", wrong.path]).code == 64)
    #expect(try files.names() == ["wrong.chaffpart"])
  }

  @Test func aWrongRowIsNamedAndNothingWritten() throws {
    let files = try Scratch()
    let wrong = try files.write("wrong.tsv", "nav\tHome\nnonsense\n")
    let result = try ChaffProcess(["count", wrong.path, "--output", files.path("part")])
    #expect(result.code == 65)
    #expect(result.messages == "chaff: \(wrong.path):2: no tab between label and text\n")
    #expect(try files.names() == ["wrong.tsv"])
  }
}
