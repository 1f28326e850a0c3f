import Foundation
import Testing

/// Labelled data of strange shapes: a model comes of it that opens and judges, or an error that says why not.
@Suite struct HostileDataTests {
  static let trainable: [(name: String, data: String)] = [
    ("one class", "content\tThe river rose.\ncontent\tNobody was hurt.\n"),
    ("one row", "content\tThe river rose.\n"),
    ("a class with one row", "content\tThe river rose.\ncontent\tNobody was hurt.\nnav\tHome\n"),
    ("parts only", "# part\ncontent\tThe river rose.\n\n# part\nnav\tHome\n"),
    ("contradictions", "a\tthe same words\nb\tthe same words\na\tthe same words\nb\tthe same words\n"),
    ("a page a row", (0..<500).map { "a/\($0 % 7)\tword\($0) and more\n\n" }.joined()),
    ("words without letters", "a\t!!!\nb\t---\na\t...\n"),
    ("marks and zeros", "a\t\u{301}\u{301}\0\u{200b}x\nb\t\0\n"),
    ("odd labels", "é/ß\tone\n\"<&>'\ttwo\n{}\tthree\n-\tfour\n😀/😀\tfive\n"),
    ("as many labels as may be", (0..<256).map { "l\($0)\tword\($0) and more\n" }.joined()),
    ("lines without words but one", "a\t" + String(repeating: "x", count: 200_000) + "\nb\ty\n"),
    ("skips around one row", "skip\ta\nskip\tb\ncontent\tThe river rose.\nskip\tc\n"),
  ]

  @Test(arguments: trainable.indices)
  func isTrainedOn(_ number: Int) throws {
    let data = Self.trainable[number].data
    let files = try Scratch()
    let source = try files.write("data.tsv", data)
    let trained = try ChaffProcess(["train", source.path, "--output", files.path("model")])
    #expect(trained.code == 0, "\(trained.messages)")
    let judged = try ChaffProcess(["classify", "--model", files.path("model"), Sample.article])
    #expect(judged.code == 0)
    for row in judged.rows where !row.isEmpty {
      let probability = try #require(row.split(separator: "\t", omittingEmptySubsequences: false).dropFirst().first)
      #expect((0...1).contains(try #require(Double(String(probability)))))
    }
    for words in [["evaluate", source.path, "--model", files.path("model")], ["inspect", files.path("model")]] {
      #expect(try ChaffProcess(words).code == 0)
    }
    // Twice the same.
    #expect(try ChaffProcess(["train", source.path, "--output", files.path("again")]).code == 0)
    let models = try ["model", "again"].map { try Data(contentsOf: URL(fileURLWithPath: files.path($0))) }
    #expect(models[0] == models[1])
  }

  static let refused: [(name: String, data: String, message: String)] = [
    ("nothing", "", "data.tsv: no labelled rows"),
    ("blank rows", "\n\n \n\t\n", "data.tsv: no labelled rows"),
    ("comments", "# part\n# page\n", "data.tsv: no labelled rows"),
    ("skips", "skip\ta\nskip\tb\n", "no labelled rows to train on"),
    ("too many labels", (0..<257).map { "l\($0)\tword\n" }.joined(), "257 labels; a model has at most 256"),
    (
      "a part inside a page", "a\tx\n# part\nb\ty\n",
      "data.tsv:2: \"# part\" inside a page; a blank row before it ends the page"
    ),
  ]

  @Test(arguments: refused)
  func isRefused(_ name: String, _ data: String, _ message: String) throws {
    let files = try Scratch()
    let source = try files.write("data.tsv", data)
    try files.write("model", "old")
    let result = try ChaffProcess(["train", source.path, "--output", files.path("model")])
    #expect(result.code == 65)
    #expect(result.messages.hasPrefix("chaff: ") && result.messages.hasSuffix("\(message)\n"))
    #expect(try files.names() == ["data.tsv", "model"])
    #expect(try String(contentsOfFile: files.path("model"), encoding: .utf8) == "old")
  }

  @Test func bytesThatAreNoText() throws {
    let files = try Scratch()
    for (bytes, message) in [
      ([0xff, 0xfe, 0x61, 0, 0x09, 0], "1: this is UTF-16; convert it to UTF-8"),
      ([0x61, 0x09, 0xff, 0x0a], "1: not UTF-8"),
      ([0x61, 0x09, 0x78, 0x0a, 0x62, 0x09, 0xed, 0xa0, 0x80, 0x0a], "2: not UTF-8"),
    ] as [([UInt8], String)] {
      let source = try files.write("data.tsv", bytes)
      let result = try ChaffProcess(["train", source.path, "--output", files.path("model")])
      #expect(result.code == 65)
      #expect(result.messages == "chaff: \(source.path):\(message)\n")
    }
  }

  /// The label of a message may be a whole book, and steer a terminal.
  @Test func messageOfAHugeLabelIsShort() throws {
    let files = try Scratch()
    let source = try files.write("data.tsv", "\u{1b}[31m" + String(repeating: "x", count: 1_000_000) + "\ttext\n")
    let result = try ChaffProcess(["check", source.path])
    #expect(result.code == 65)
    #expect(result.messages.utf8.count < 500 + source.path.utf8.count)
    #expect(!result.messages.contains("\u{1b}"))
  }

  @Test func aPageOfManyRowsAndManyPagesOfOne() throws {
    let files = try Scratch()
    let rows = (0..<60_000).map { "\($0 % 3 == 0 ? "nav" : "content")\tword\($0 % 1000) and \($0 % 17) more of them\n" }
    let one = try files.write("one.tsv", rows.joined())
    let many = try files.write("many.tsv", rows.joined(separator: "\n"))
    for source in [one, many] {
      let model = files.path("model")
      #expect(try ChaffProcess(["train", source.path, "--output", model, "--iterations", "1"]).code == 0)
      let result = try ChaffProcess(["evaluate", source.path, "--model", model])
      #expect(result.code == 0)
      #expect(result.output.contains("60,000 lines on \(source == one ? "1" : "60,000") pages"))
    }
  }
}
