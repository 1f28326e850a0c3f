import ChaffTraining
import Testing

/// Rows are read through the reader of labelled pages: the source itself is internal.
struct RowSourceTests {
  private static let pages = "content\tone\nnav\ttwo\n\ncontent\tthree\n"
  private static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

  static let spellings: [[UInt8]] = {
    let feeds = Array(pages.utf8)
    let returns = Array(pages.replacing("\n", with: "\r\n").utf8)
    return [feeds, returns].flatMap { [$0, Array($0.dropLast($0 == returns ? 2 : 1))] }.flatMap { [$0, mark + $0] }
  }()

  @Test(arguments: spellings)
  func lineEndsAndByteOrderMark(_ bytes: [UInt8]) throws {
    let read = try LabelledPageReader.read(bytes, file: "f")
    #expect(read.map { $0.rows.map(\.text) } == [[Array("one".utf8), Array("two".utf8)], [Array("three".utf8)]])
    #expect(read.map { $0.rows.map(\.lineNumber) } == [[1, 2], [4]])
    #expect(read.map { $0.rows.map(\.label?.path) } == [["content", "nav"], ["content"]])
  }

  @Test func onlyOneCarriageReturnBelongsToTheLineEnd() throws {
    let read = try LabelledPageReader.read(Array("content\ta\rb\r\r\n".utf8), file: "f")
    #expect(read.map { $0.rows.map(\.text) } == [[Array("a\rb\r".utf8)]])
  }

  @Test(arguments: [[0xff, 0xfe, 0x63, 0x00], [0xfe, 0xff, 0x00, 0x63]] as [[UInt8]])
  func utf16IsRefused(_ bytes: [UInt8]) {
    #expect(throws: CorpusError(file: "f", line: 1, fault: .utf16)) {
      try LabelledPageReader.read(bytes, file: "f")
    }
  }

  /// A lone continuation byte, a cut sequence, an overlong slash, a surrogate, a scalar beyond the last.
  @Test(arguments: [[0x80], [0xe2, 0x82], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]] as [[UInt8]])
  func invalidUTF8IsRefused(_ sequence: [UInt8]) {
    let bytes = Array("# é\ncontent\tok\ncontent\t".utf8) + sequence + Array("\n".utf8)
    #expect(throws: CorpusError(file: "f", line: 3, fault: .invalidUTF8)) {
      try LabelledPageReader.read(bytes, file: "f")
    }
  }
}
