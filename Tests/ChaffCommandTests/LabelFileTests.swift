import Chaff
import ChaffTraining
import Foundation
import Testing

@testable import ChaffCommand

struct LabelFileTests {
  private func pages() throws -> [LabelPage] {
    let proposal = try #require(Label("content/body"))
    return ["one", "two"].map { name in
      LabelPage(
        name: name, rows: (1...3).map { .init(text: Array("\(name) \($0)".utf8), proposal: proposal, probability: 0.5) }
      )
    }
  }

  private func label(_ path: String) throws -> LabelPage.Choice { .label(try #require(Label(path))) }

  private func contents(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  @Test func savedIsFitForTraining() throws {
    let files = try Scratch()
    var pages = try pages()
    let file = try LabelFile(path: files.path("mine.tsv"), pages: &pages)
    pages[0].rows[0].choice = try label("navigation/menu")
    pages[0].rows[2].choice = .skip
    try file.save(pages)
    let text = try contents(files.path("mine.tsv"))
    #expect(text == "# page one\nnavigation/menu\tone 1\nskip\tone 2\n# open\nskip\tone 3\n")
    let read = try CorpusReader.read([files.path("mine.tsv")])
    #expect(read.map { $0.rows.map { $0.label?.path } } == [["navigation/menu", nil, nil]])
    file.close()
    #expect(try files.names() == ["mine.tsv"])
  }

  @Test func resumes() throws {
    let files = try Scratch()
    var pages = try pages()
    let first = try LabelFile(path: files.path("mine.tsv"), pages: &pages)
    pages[0].rows[1].choice = try label("content/body")
    pages[1].rows[0].choice = .skip
    try first.save(pages)
    first.close()
    var again = try self.pages()
    let second = try LabelFile(path: files.path("mine.tsv"), pages: &again)
    #expect(again == pages)
    let before = try contents(files.path("mine.tsv"))
    try second.save(again)
    #expect(try contents(files.path("mine.tsv")) == before)
    second.close()
  }

  /// Whatever else stands in the file stays as it is.
  @Test func otherPagesAreKept() throws {
    let files = try Scratch()
    let other = "# by hand\r\ncontent/body\tAnother page.\r\n# a note\r\nskip\tx\r\n# open\r\n"
    let path = try files.write("mine.tsv", other + "\n# page one\nskip\tone 1\nskip\tone 2\n# open\nskip\tone 3\n").path
    var pages = try pages()
    let file = try LabelFile(path: path, pages: &pages)
    #expect(pages[0].rows.map(\.choice) == [.skip, nil, .skip])
    #expect(pages[1].openCount == 3)
    pages[1].rows[0].choice = try label("navigation/menu")
    try file.save(pages)
    let text = try contents(path)
    #expect(text.hasPrefix(other + "\n"))
    #expect(text.hasSuffix("\n\n# page two\nnavigation/menu\ttwo 1\nskip\ttwo 2\n# open\nskip\ttwo 3\n# open\n"))
    #expect(try CorpusReader.read([path]).count == 3)
    file.close()
  }

  @Test func theSamePageTwice() throws {
    let files = try Scratch()
    var pages = try [pages()[0], self.pages()[0]]
    let file = try LabelFile(path: files.path("mine.tsv"), pages: &pages)
    pages[0].rows[0].choice = .skip
    pages[1].rows[0].choice = try label("content/body")
    try file.save(pages)
    file.close()
    var again = try [self.pages()[0], self.pages()[0]]
    try LabelFile(path: files.path("mine.tsv"), pages: &again).close()
    #expect(again == pages)
  }

  @Test func aWrongFileIsLeftAlone() throws {
    let files = try Scratch()
    let path = try files.write("mine.tsv", "no tab\n").path
    var pages = try pages()
    let error = #expect(throws: CommandError.self) { try LabelFile(path: path, pages: &pages) }
    #expect(error?.message == "\(path):1: no tab between label and text")
    #expect(try contents(path) == "no tab\n")
  }

  @Test func oneAnnotatorAtATime() throws {
    let files = try Scratch()
    var pages = try pages()
    let file = try LabelFile(path: files.path("mine.tsv"), pages: &pages)
    #expect(throws: CommandError.self) { try LabelFile(path: files.path("mine.tsv"), pages: &pages) }
    file.close()
    try LabelFile(path: files.path("mine.tsv"), pages: &pages).close()
  }

  /// A page's name is not ours: it cannot begin a row.
  @Test func namesAreDefused() throws {
    let files = try Scratch()
    var pages = [LabelPage(name: "a\ncontent/body\tx", rows: try pages()[0].rows)]
    let file = try LabelFile(path: files.path("mine.tsv"), pages: &pages)
    pages[0].rows[0].choice = .skip
    #expect(file.bytes(pages).split(separator: 0x0a).count == 6)
    file.close()
  }
}
