import Foundation
import Testing

@Suite struct TrainTests {
  @Test func trainsEvaluatesAndClassifiesOnOwnLabels() throws {
    let files = try Scratch()
    try files.write("data/a.tsv", Sample.labelled)
    let model = files.path("own.chaffmodel")
    let trained = try ChaffProcess(["train", files.path("data"), "--output", model])
    #expect(trained.code == 0)
    #expect(trained.messages.isEmpty)
    #expect(trained.output.contains("pages     2\n"))
    #expect(trained.output.contains("rows      7\n"))
    #expect(trained.output.contains("labels    2\n"))
    let evaluated = try ChaffProcess(["evaluate", files.path("data"), "--model", model])
    #expect(evaluated.code == 0)
    #expect(evaluated.output.contains("7 lines on 2 pages"))
    let classified = try ChaffProcess(["classify", "--model", model], input: "Home\n")
    #expect(classified.output.hasPrefix("navigation/menu\t"))
    #expect(try ChaffProcess(["inspect", model]).output.contains("content/body"))
  }

  @Test func theOrderOfFilesDoesNotMatter() throws {
    let files = try Scratch()
    let pages = Sample.labelled.components(separatedBy: "\n\n")
    let first = try files.write("a.tsv", pages[0] + "\n")
    let second = try files.write("b.tsv", pages[1] + "\n")
    for (output, order) in [("1", [first, second]), ("2", [second, first])] {
      #expect(try ChaffProcess(["train"] + order.map(\.path) + ["--output", files.path(output)]).code == 0)
    }
    let models = try ["1", "2"].map { try Data(contentsOf: URL(fileURLWithPath: files.path($0))) }
    #expect(models[0] == models[1])
  }

  @Test(arguments: [
    ("content/body The tab is missing\n", 1, "no tab between label and text"),
    (
      "content/body\tfine\n\n/wrong\ttext\n", 3,
      "\"/wrong\" is not a label: letters, digits and marks without spaces, as category/kind"
    ),
    ("content/body\t\n", 1, "no text after the label"),
  ])
  func namesFileAndLineOfAWrongRow(data: String, line: Int, reason: String) throws {
    let files = try Scratch()
    let file = try files.write("wrong.tsv", data)
    let result = try ChaffProcess(["train", file.path, "--output", files.path("model")])
    #expect(result.code == 65)
    #expect(result.messages == "chaff: \(file.path):\(line): \(reason)\n")
    #expect(try files.names() == ["wrong.tsv"])
  }

  @Test func aFailedRunLeavesTheOldModel() throws {
    let files = try Scratch()
    let model = try files.write("old.chaffmodel", "the old model")
    let data = try files.write("wrong.tsv", "nonsense\n")
    #expect(try ChaffProcess(["train", data.path, "--output", model.path]).code == 65)
    #expect(try String(contentsOf: model, encoding: .utf8) == "the old model")
    #expect(try files.names() == ["old.chaffmodel", "wrong.tsv"])
  }

  @Test func cannotCreate() throws {
    let files = try Scratch()
    let data = try files.write("a.tsv", Sample.labelled)
    let missing = try ChaffProcess(["train", data.path, "--output", files.path("no/such/folder/model")])
    #expect(missing.code == 73)
    let folder = try ChaffProcess(["train", data.path, "--output", files.folder.path])
    #expect(folder.code == 73)
    #expect(folder.messages == "chaff: \(files.folder.path): is a folder\n")
  }

  @Test func missingInput() throws {
    let files = try Scratch()
    #expect(try ChaffProcess(["train", "/no/data", "--output", files.path("m")]).code == 66)
    #expect(try ChaffProcess(["train", files.folder.path, "--output", files.path("m")]).code == 66)
    #expect(try ChaffProcess(["train", files.folder.path]).code == 64)
  }

  @Test func anOutputThatIsNoFileIsLeftAlone() throws {
    let files = try Scratch()
    let data = try files.write("a.tsv", Sample.labelled)
    let result = try ChaffProcess(["train", data.path, "--output", "/dev/null"])
    #expect(result.code == 73)
    #expect(result.messages == "chaff: /dev/null: is not a regular file\n")
    // A link stays a link, and what it points at is written.
    try files.write("target", "old")
    try FileManager.default.createSymbolicLink(atPath: files.path("link"), withDestinationPath: files.path("target"))
    #expect(try ChaffProcess(["train", data.path, "--output", files.path("link")]).code == 0)
    let model = try Data(contentsOf: URL(fileURLWithPath: files.path("target")))
    #expect(model.starts(with: Array("CHAFFMDL".utf8)))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: files.path("link")) == files.path("target"))
  }

  @Test func whatALinkLeadsToIsWrittenWhereverItIs() throws {
    let files = try Scratch()
    let data = try files.write("a.tsv", Sample.labelled)
    let folder = files.path("folder")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    // By way of a second link, from another folder, to what is not there yet.
    for (link, target) in [("folder/first", "second"), ("folder/second", "../model")] {
      try FileManager.default.createSymbolicLink(atPath: files.path(link), withDestinationPath: target)
    }
    #expect(try ChaffProcess(["train", data.path, "--output", files.path("folder/first")]).code == 0)
    let model = try Data(contentsOf: URL(fileURLWithPath: files.path("model")))
    #expect(model.starts(with: Array("CHAFFMDL".utf8)))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: files.path("folder/first")) == "second")
    // A link that leads round in a circle.
    try FileManager.default.createSymbolicLink(atPath: files.path("circle"), withDestinationPath: "circle")
    #expect(try ChaffProcess(["train", data.path, "--output", files.path("circle")]).code == 73)
  }
}
