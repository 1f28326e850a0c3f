import Chaff
import Testing

@testable import ChaffTraining

struct LabelledPageReaderTests {
  private func read(_ text: String) throws -> [LabelledPage] {
    try LabelledPageReader.read(Array(text.utf8), file: "f.tsv")
  }

  @Test func rowsOfAPage() throws {
    let pages = try read("content/body\tA line.\nnav\t two\ttabs \n")
    let expected = LabelledPage(
      file: "f.tsv",
      rows: [
        LabelledPage.Row(label: Label("content/body"), text: Array("A line.".utf8), lineNumber: 1),
        LabelledPage.Row(label: Label("nav"), text: Array(" two\ttabs ".utf8), lineNumber: 2),
      ])
    #expect(pages == [expected])
  }

  @Test func blankRowsEndPages() throws {
    let pages = try read("\n \nnav\ta\nnav\tb\n\t \n\n\nnav\tc\n\n")
    #expect(pages.map { $0.rows.map(\.lineNumber) } == [[3, 4], [8]])
    #expect(pages.allSatisfy { !$0.isPart && $0.name.isEmpty })
  }

  @Test func skipRowsStandInThePageWithoutALabel() throws {
    // Twice, since labels are remembered; `skipping` is a label like any other.
    let rows = try #require(try read("skip\ta\nskip\tb\nskipping\tc\n").first).rows
    #expect(rows.map(\.label?.path) == [nil, nil, "skipping"])
    #expect(rows.map(\.text) == [Array("a".utf8), Array("b".utf8), Array("c".utf8)])
  }

  @Test func commentsNameThePageThatFollows() throws {
    let pages = try read("# first\n#  the last one  \nnav\ta\n# inside\nnav\tb\n\nnav\tc\n# at the end\n")
    #expect(pages.map(\.name) == ["the last one", ""])
    #expect(pages.map(\.rows.count) == [2, 1])
  }

  @Test func partsAreMarked() throws {
    let pages = try read(
      "# name\n# part\nnav\ta\n\nnav\tb\n# parts\nnav\tc\n\n#part\n\nnav\td\n\n# part of it\nnav\te\n")
    // A comment inside a page says nothing of it; a blank row after the mark ends no page.
    #expect(pages.map(\.isPart) == [true, false, true, false])
    #expect(pages.map(\.name) == ["name", "", "", "part of it"])
    #expect(pages.map(\.rows.count) == [1, 2, 1, 1])
  }

  static let wrong: [(String, Int?, CorpusError.Fault)] = [
    ("nav\ta\n\ncontent text\n", 3, .noTab),
    ("nav\ta\nnav\t\n", 2, .noText),
    ("nav\ta\nskip\t \t\n", 2, .noText),
    ("two words\ttext\n", 1, .invalidLabel("two words")),
    ("a//b\ttext\n", 1, .invalidLabel("a//b")),
    ("\ttext\n", 1, .invalidLabel("")),
    ("nav\ta\n# part\nnav\tb\n", 2, .partInsidePage),
    ("nav\ta\n\n# part\nnav\tb\n#part \n\n", 5, .partInsidePage),
    ("", nil, .empty),
    ("# part\n\n# nothing here\n", nil, .empty),
  ]

  @Test(arguments: wrong)
  func wrongRows(_ text: String, _ line: Int?, _ fault: CorpusError.Fault) {
    #expect(throws: CorpusError(file: "f.tsv", line: line, fault: fault)) { try read(text) }
  }

  /// A file that is long enough is read in pieces, which changes nothing: names of pages, numbers of rows and the first
  /// fault are those of the whole.
  @Test func piecesOfLongFiles() throws {
    // What is said before a blank row belongs to the page behind it, and no piece may begin between.
    let page = "# part\n\n# the \u{e9}\nnav\ta line of some length\nskip\t#\n \n\ncontent\tb\n\n"
    let count = 3 * LabelledPageReader.smallestPiece / page.utf8.count
    let pages = try read(String(repeating: page, count: count))
    #expect(pages.count == 2 * count)
    for (number, page) in pages.enumerated() {
      let isFirst = number % 2 == 0
      guard page.isPart == isFirst, page.name == (isFirst ? "the \u{e9}" : ""),
        page.rows.map(\.lineNumber) == (isFirst ? [4, 5] : [8]).map({ $0 + number / 2 * 9 })
      else {
        Issue.record("page \(number) is wrong")
        break
      }
    }
    let rest = String(repeating: page, count: count) + "x\n"
    let faulty = String(repeating: page, count: count / 4) + "no tab\n\n" + rest
    #expect(throws: CorpusError(file: "f.tsv", line: count / 4 * 9 + 1, fault: .noTab)) { try read(faulty) }
  }

  /// Pages written out and read again are the same pages.
  @Test func roundTripOfRandomPages() throws {
    var generator = SplitMix64(seed: 5)
    let labels = ["content", "content/body", "nav", "skip", "régie/été"]
    let words = ["a", "é", "#", "skip", "中文", "x y", "\u{1}", "\"", "__label__"]
    for _ in 0..<50 {
      let pages = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        (0..<Int.random(in: 1...5, using: &generator)).map { _ in
          let text = (0..<3).map { _ in words.randomElement(using: &generator) ?? "" }
          return (labels.randomElement(using: &generator) ?? "", text.joined(separator: "\t"))
        }
      }
      let text = pages.map { $0.map { "\($0)\t\($1)\n" }.joined() }.joined(separator: "\n")
      let found = try read(text).map { page in
        page.rows.map { ($0.label?.path ?? "skip", String(decoding: $0.text, as: UTF8.self)) }
      }
      #expect(found.count == pages.count)
      #expect(zip(found, pages).allSatisfy { $0.elementsEqual($1, by: ==) })
    }
  }
}
