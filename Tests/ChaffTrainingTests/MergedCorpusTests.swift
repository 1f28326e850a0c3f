import Chaff
import Testing

@testable import ChaffTraining

struct MergedCorpusTests {
  private func corpus(_ text: String, copies: Int = 1) throws -> IndexedCorpus {
    IndexedCorpus(try Toy.pages(text), copies: copies)
  }

  @Test func numbersAreGivenAnew() throws {
    let first = try corpus("nav\tHome\n")
    let second = try corpus("content\tHome again\n")
    let merged = IndexedCorpus.merging([first, second])
    let other = IndexedCorpus.merging([second, first])
    #expect(merged.labels.labels.map(\.path) == ["content", "nav"])
    #expect(Set(merged.lines.map(\.label)) == [0, 1])
    #expect(merged.index.hashes == other.index.hashes)
    #expect(merged.features == other.features)
    #expect(merged.lines == other.lines)
    #expect(merged.pages == other.pages)
    // "home" and "^ home" stand in both.
    #expect(merged.index.count == first.index.count + second.index.count - 2)
    for line in merged.lines {
      let name = line.label == 1 ? "home $" : "home again"
      #expect(merged.features[line.features].contains { merged.index.names[Int($0)].elementsEqual(name.utf8) })
    }
  }

  @Test func keysFollowFromLabelsAndTexts() throws {
    func key(_ text: String) throws -> UInt64 {
      let corpus = try corpus(text)
      return corpus.key(of: try #require(corpus.pages.first), corpus.labelKeys)
    }
    let page = try key("nav\tHome\ncontent\tA line.\n")
    #expect(try key("# named\nnav\tHome\ncontent\tA line.\n") == page)
    #expect(try key("# part\nnav\tHome\ncontent\tA line.\n") == page)
    for other in [
      "content\tA line.\nnav\tHome\n", "nav\tHome\nnav\tA line.\n", "skip\tHome\ncontent\tA line.\n",
      "nav\tHome\ncontent\tA line!\n", "nav\tHome\n",
    ] {
      #expect(try key(other) != page)
    }
  }

  @Test func collapsing() throws {
    let twice = IndexedCorpus.merging([
      try corpus("nav\tHome\n", copies: 2), try corpus("nav\tHome\n\n# part\nnav\tHome\n"),
    ])
    let collapsed = twice.collapsed()
    #expect(collapsed.pages.map(\.copies).sorted() == [1, 3])
    #expect(collapsed.pages.filter(\.isPart).map(\.copies) == [1])
    let skipped = try corpus("skip\tHome\n\nnav\tSport\nskip\tNews\n").collapsed()
    #expect(skipped.pages.count == 1)
    #expect(skipped.lines.count == 2)
    #expect(skipped.weight == 2)
  }
}
