import Chaff
@testable import ChaffTraining
import Testing

struct IndexedCorpusTests {
  @Test func linesAsNumbers() throws {
    let text = "nav\tHome\nskip\tA b c\ncontent/body\tOne two three four five six seven.\n"
    let corpus = IndexedCorpus(try Toy.pages(text), usesForms: true).named()
    #expect(corpus.labels.labels.map(\.path) == ["content/body", "nav"])
    #expect(corpus.lines.map(\.label) == [1, -1, 0])
    #expect(corpus.lines.map(\.words) == [1, 3, 7])
    // One word; three or four; five to eight.
    #expect(corpus.lines.map(\.lengthClass) == [0, 2, 3])
    // Up to two words, up to six, up to fourteen with a stop.
    #expect(corpus.lines.map(\.form) == [0, 1, 3])
    #expect(corpus.pages.map(\.lines) == [0..<3])
    let words = corpus.features[corpus.lines[0].features].map { Array(corpus.index.names[Int($0)]) }
    #expect(Set(words) == Set(["home", "^ home", "home $", "<s> ^home </s>"].map { Array($0.utf8) }))
  }

  @Test(
    arguments: [
      ("a", 1), (" a", 1), ("a ", 1), ("a b", 2), ("  a  b\u{a0}c ", 2), ("a\tb", 1),
      (String(repeating: "ab ", count: 500), 500), (String(repeating: " a", count: 127) + " ", 127),
    ] as [(String, Int)])
  func wordsAreBetweenSpaces(_ text: String, _ count: Int) throws {
    #expect(IndexedCorpus(try Toy.pages("nav\t\(text)\n")).lines.map(\.words) == [count])
  }

  @Test func withoutFormsAllAreNought() throws {
    let corpus = IndexedCorpus(try Toy.sites(), usesForms: false)
    #expect(corpus.lines.count == 50)
    #expect(corpus.lines.allSatisfy { $0.form == 0 })
  }

  @Test func statesForTheChain() throws {
    let corpus = IndexedCorpus(try Toy.pages("nav\tHome\nskip\tA b c\n"), usesForms: true)
    let states = corpus.states(of: try #require(corpus.pages.first))
    #expect(states.map(\.label) == [0, nil])
    #expect(states.map(\.form) == [0, 1])
  }

  /// A form feed is white space to the scanner, though not to the reader of rows.
  @Test func linesWithoutAnythingToSeeAreLeftOut() throws {
    let corpus = IndexedCorpus(try Toy.pages("nav\t\u{c}\nnav\tHome\n\ncontent\t\u{b}\u{c}\n"), usesForms: true)
    #expect(corpus.lines.count == 1)
    #expect(corpus.pages.count == 1)
  }

  @Test func orderFollowsFromContent() throws {
    var generator = SplitMix64(seed: 12)
    let pages = try Toy.sites()
    let corpus = IndexedCorpus(pages, usesForms: true)
    let other = IndexedCorpus(pages.shuffled(using: &generator), usesForms: true)
    #expect(corpus.pages.map { corpus.content(of: $0) } == other.pages.map { other.content(of: $0) })
    let (merged, otherMerged) = (IndexedCorpus.merging([corpus]), IndexedCorpus.merging([other]))
    #expect(merged.index.hashes == otherMerged.index.hashes)
    #expect(merged.features == otherMerged.features)
    #expect(merged.lines == otherMerged.lines)
  }
}
