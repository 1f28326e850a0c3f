import ChaffTraining
import Testing

/// The reader is internal: it is reached by the file's ending or its first bytes.
struct FastTextReaderTests {
  private func read(_ text: String) throws -> [LabelledPage] {
    try CorpusReader.read(Array(text.utf8), file: "f.fasttext")
  }

  @Test func eachRowIsAPart() throws {
    let pages = try read("__label__nav Home\r\n\n__label__content/body \t A line. \n__label__skip\tx")
    #expect(pages.map(\.isPart) == [true, true, true])
    #expect(pages.map { $0.rows.map(\.label?.path) } == [["nav"], ["content/body"], [nil]])
    #expect(pages.map { $0.rows.map(\.text) } == [[Array("Home".utf8)], [Array("A line. ".utf8)], [Array("x".utf8)]])
    #expect(pages.map { $0.rows.map(\.lineNumber) } == [[1], [3], [4]])
  }

  static let wrong: [(String, CorpusError.Fault)] = [
    ("nav Home", .noFastTextLabel),
    (" __label__nav Home", .noFastTextLabel),
    ("__label__ Home", .invalidLabel("")),
    ("__label__a//b Home", .invalidLabel("a//b")),
    ("__label__nav", .noText),
    ("__label__nav  \t", .noText),
  ]

  @Test(arguments: wrong)
  func wrongRows(_ row: String, _ fault: CorpusError.Fault) {
    #expect(throws: CorpusError(file: "f.fasttext", line: 2, fault: fault)) {
      try read("__label__nav Home\n\(row)\n")
    }
  }

  @Test func nothingAtAll() {
    #expect(throws: CorpusError(file: "f.fasttext", line: nil, fault: .empty)) { try read("\n\n") }
  }
}
