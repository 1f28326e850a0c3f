import Chaff
import ChaffTraining
import Testing

struct CorpusCheckTests {
  private typealias Kind = CorpusCheck.Finding.Kind

  /// A text of ten words, and one that shares no ten words with it.
  private let ten = "one two three four five six seven eight nine ten"
  private let other = "red orange yellow green blue indigo violet black white grey"

  private func label(_ path: String) throws -> Label { try #require(Label(path)) }

  private func check(_ text: String, labels: [String]? = nil) throws -> CorpusCheck {
    let known = try labels.map { Set(try $0.map(label)) }
    return CorpusCheck(try Toy.pages(text), labels: known)
  }

  private func expect(
    _ text: String, labels: [String]? = nil, _ expected: [(place: Int, kind: Kind)],
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let findings = try check(text, labels: labels).findings
    #expect(findings.map(\.place) == expected.map { "toy.tsv:\($0.place)" }, sourceLocation: location)
    #expect(findings.map(\.kind) == expected.map(\.kind), sourceLocation: location)
  }

  // MARK: Each kind of finding

  @Test func nothingIsFoundOnPagesInOrder() throws {
    let pages = CorpusCheck(try Toy.pair(), labels: Set([try label("nav"), try label("content")]))
    #expect(pages.findings.isEmpty)
    let none = CorpusCheck([], labels: [])
    #expect(none.findings.isEmpty && none.rows.isEmpty)
  }

  @Test func labelThatNobodyDefined() throws {
    let text = "nav\tHome\ncontent\tThe cat\ncontent/x\tThe dog\nskip\tSport\n"
    try expect(text, labels: ["nav", "content"], [(3, .unknownLabel(try label("content/x")))])
    try expect(text, labels: ["nav", "content", "content/x", "ads"], [])
    try expect(text, labels: nil, [])
    let findings = try check(text, labels: ["nav", "content"]).findings
    #expect(findings.map(\.message) == ["unknown label content/x"])
  }

  @Test func rowThatIsTooLong() throws {
    #expect(CorpusCheck.longestRow == 8_000)
    // Bytes are counted, not characters; skipped rows count.
    let longest = String(repeating: "é", count: 4_000)
    try expect("content\t\(longest)\nskip\t\(longest)\n", [])
    try expect(
      "content\tx\(longest)\nskip\t\(longest)yz\n", [(1, .tooLong(bytes: 8_001)), (2, .tooLong(bytes: 8_002))])
    let findings = try check("content\tx\(longest)\n").findings
    #expect(findings.map(\.message) == ["a row of 8001 bytes; a line has at most 8000"])
  }

  @Test func sameTextOnAnotherPage() throws {
    #expect(CorpusCheck.fewestWords == 10)
    try expect("content\tA\ncontent\t\(ten)\n\ncontent\t\(ten)\n", [(4, .duplicate(of: "toy.tsv:2"))])
    // Neither case, nor marks, nor numbers, nor the kind of label make it another text.
    let shouted = "\(ten.uppercased()) 11!"
    try expect("content/a\t\(ten)\n\ncontent/b\t\(shouted)\n", [(3, .duplicate(of: "toy.tsv:1"))])
    // The first is named, each time.
    let thrice = "content\t\(ten)\n\ncontent\t\(ten)\n\ncontent\t\(ten)\n"
    try expect(thrice, [(3, .duplicate(of: "toy.tsv:1")), (5, .duplicate(of: "toy.tsv:1"))])
    #expect(try check(thrice).findings.first?.message == "the same text as toy.tsv:1")
  }

  @Test func sameTextIsAllowed() throws {
    // On one page, in nine words, or in skipped rows.
    try expect("content\t\(ten)\ncontent\t\(ten)\n", [])
    let nine = String(ten.dropLast(4))
    try expect("content\t\(nine)\n\ncontent\t\(nine)\n", [])
    try expect("content\t\(ten)\n\nskip\t\(ten)\ncontent\tA\n", [])
    // Numbers are no words.
    try expect("content\t\(nine) 10\n\ncontent\t\(nine) 10\n", [])
    try expect("content\t1 2 3 4 5 6 7 8 9 10 11\n\ncontent\t1 2 3 4 5 6 7 8 9 10 11\n", [])
  }

  @Test func tenWordsOfAnotherPage() throws {
    try expect("content\tHe said \(ten).\n\ncontent\t\(ten), she said.\n", [(3, .nearDuplicate(of: "toy.tsv:1"))])
    // Ten of a longer row, of any label: a run of words is not labelled.
    try expect(
      "content\t\(ten)\ncontent\tA\n\nnav\t\(other) \(ten)\ncontent\tB\n", [(4, .nearDuplicate(of: "toy.tsv:1"))])
    // Nine are not enough, nor ten in another order.
    try expect("content\tHe \(ten.dropLast(4))\n\ncontent\t\(ten.dropLast(4)) she\n", [])
    let swapped = ten.replacing("five six", with: "six five")
    try expect("content\t\(ten)\n\ncontent\t\(swapped)\n", [])
    try expect("content\t\(ten) a\ncontent\t\(ten) b\n", [])
    let findings = try check("content\t\(ten) a\n\ncontent\t\(ten) b\n").findings
    #expect(findings.map(\.message) == ["ten words in a row that also stand at toy.tsv:1"])
  }

  @Test func sameTextWithALabelOfAnotherCategory() throws {
    let (nav, content) = (try label("nav/menu"), try label("content"))
    // Four words are enough, on another page and on the same.
    try expect(
      "nav/menu\tOne two three four\ncontent\tOne two three four!\n", [(2, .conflict(with: nav, at: "toy.tsv:1"))])
    try expect(
      "nav/menu\tOne two three four\ncontent\tA\n\ncontent\tone two three four\n",
      [(4, .conflict(with: nav, at: "toy.tsv:1"))])
    // It goes before a duplicate.
    try expect("content\t\(ten)\n\nnav/menu\t\(ten)\ncontent\tA\n", [(3, .conflict(with: content, at: "toy.tsv:1"))])
    // Three words, or two kinds of one category.
    try expect("nav/menu\tOne two three\ncontent\tOne two three\n", [])
    try expect("nav/menu\tOne two three four\nnav/x\tOne two three four\ncontent\tA\n", [])
    let findings = try check("nav/menu\tOne two three four\ncontent\tOne two three four\n").findings
    #expect(
      findings.map(\.message) == ["is nav/menu at toy.tsv:1; a line is labelled by what it does on its page"])
  }

  @Test func wholePageWithoutItsArticle() throws {
    try expect("# a list\nnav\tHome\nads\tBuy\n\nnav\tHome\ncontent/body\tThe cat\n", [(2, .noArticle)])
    // A part need not have one; a page of skipped rows has none, nor has one of a label that begins alike.
    try expect("# part\nnav\tHome\n", [])
    try expect("skip\tHome\n", [(1, .noArticle)])
    try expect("contents\tHome\n\ncontent-x\tHome\n", [(1, .noArticle), (3, .noArticle)])
    #expect(try check("nav\tHome\n").findings.map(\.message) == ["a page without an article: a list?"])
  }

  // MARK: Together

  @Test func notesAndFaults() throws {
    let (nav, content) = (try label("nav"), try label("content"))
    let text = """
      nav\tHome
      content\t\(ten)
      content\tOne two three four

      nav\tOne two three four
      content\t\(ten)
      content\tHe said \(ten)
      bogus\t\(String(repeating: "x", count: 8_001))

      nav\tHome
      """
    try expect(
      text, labels: ["nav", "content"],
      [
        (5, .conflict(with: content, at: "toy.tsv:3")), (6, .duplicate(of: "toy.tsv:2")),
        (7, .nearDuplicate(of: "toy.tsv:2")), (8, .tooLong(bytes: 8_001)), (8, .unknownLabel(try label("bogus"))),
        (10, .noArticle),
      ])
    let findings = try check(text, labels: [nav.path, content.path]).findings
    #expect(findings.map(\.isFault) == [false, true, true, true, true, false])
  }

  @Test func pagesOfSeveralFilesAreCheckedTogether() throws {
    let pages = try Toy.pages("content\t\(ten)\n", file: "a.tsv") + Toy.pages("\n\ncontent\t\(ten)\n", file: "b.tsv")
    let findings = CorpusCheck(pages, labels: nil).findings
    #expect(findings.map(\.place) == ["b.tsv:3"])
    #expect(findings.map(\.kind) == [.duplicate(of: "a.tsv:1")])
  }

  @Test func rowsByLabel() throws {
    let text = """
      nav\tHome
      nav\tSport
      content/body\tThe cat
      skip\tHome

      # part
      nav\tHome
      ads\tBuy

      nav-x\tHome
      content\tThe dog
      """
    let rows = try check(text).rows
    #expect(rows.map(\.label.path) == ["ads", "content", "content/body", "nav", "nav-x"])
    #expect(rows.map(\.whole) == [0, 1, 1, 2, 1])
    #expect(rows.map(\.all) == [1, 1, 1, 3, 1])
  }
}
