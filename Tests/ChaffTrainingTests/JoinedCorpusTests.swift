import Chaff
import Testing

@testable import ChaffTraining

struct JoinedCorpusTests {
  private func corpora() throws -> [IndexedCorpus] {
    try ["nav\tHome\n\nlegal\tTerms\n", "content\tHome again\nnav\tHome\n", "# part\nnav\tHome\n", "skip\tNews\n"].map {
      IndexedCorpus(try Toy.pages($0))
    }
  }

  /// It has the pages of ``IndexedCorpus/merging(_:)`` in the same order; merged once more, it is the same to the number.
  @Test func pagesAreThoseOfMerging() throws {
    var parts = try corpora()
    let merged = IndexedCorpus.merging(parts)
    let joined = IndexedCorpus.joining(&parts)
    #expect(parts.isEmpty)
    #expect(joined.labels == merged.labels)
    #expect(joined.pages.map { joined.content(of: $0) } == merged.pages.map { merged.content(of: $0) })
    #expect(joined.index.count == merged.index.count)
    let again = IndexedCorpus.merging([joined])
    #expect(again.index.hashes == merged.index.hashes && again.index.names == merged.index.names)
    #expect(again.features == merged.features && again.lines == merged.lines && again.pages == merged.pages)
  }

  @Test func nothingJoinsToNothing() {
    var none: [IndexedCorpus] = []
    let joined = IndexedCorpus.joining(&none)
    #expect(joined.pages.isEmpty && joined.labels.labels.isEmpty && joined.index.count == 0)
  }
}
