import Chaff
import Testing

@testable import ChaffTraining

struct FeatureSelectionTests {
  /// The features that tell most, by sorting all of them; of equals that of the lower mixed hash.
  private func expected(_ corpus: IndexedCorpus, _ counts: FeatureCounts, _ options: TrainingOptions) -> Set<Int> {
    let labels = counts.labelCount
    let rows = LogLikelihoods(counts: counts, smoothing: options.smoothing).rows(
      counts.byLabel[...], corpus.index.blockNumbers[...])
    let nats = (0..<corpus.index.count).map { feature in
      (0..<labels).reduce(0.0) {
        $0 + Double(counts.byLabel[feature * labels + $1]) * rows[feature * labels + $1]
      }
    }
    let ranked = nats.indices.sorted { left, right in
      nats[left] != nats[right]
        ? nats[left] > nats[right]
        : FeatureHash.mix(corpus.index.hashes[left]) < FeatureHash.mix(corpus.index.hashes[right])
    }
    return Set(ranked.prefix(options.featureLimit))
  }

  @Test func thoseThatTellMostAreKept() throws {
    let corpus = IndexedCorpus(try Toy.sites())
    var counts = FeatureCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
    counts.add(corpus)
    var options = Toy.fast
    for limit in [0, 1, 2, 50, 100, 101, corpus.index.count - 1, corpus.index.count, 100_000] {
      options.featureLimit = limit
      let found = FeatureSelection.features(of: corpus, counts, options)
      #expect(found.count == min(limit, corpus.index.count))
      #expect(Set(found) == expected(corpus, counts, options))
    }
  }

  @Test func minimumPagesAndBlocksAreAskedFor() throws {
    let corpus = IndexedCorpus(try Toy.sites())
    var counts = FeatureCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
    counts.add(corpus)
    var options = Toy.fast
    options.minimumPages = [5, 2, 1]
    options.without = ["patterns"]
    let found = FeatureSelection.features(of: corpus, counts, options)
    #expect(
      found
        == (0..<corpus.index.count).filter {
          corpus.index.blocks[$0] != .patterns
            && Int(counts.pages[$0]) >= options.minimumPages[corpus.index.blocks[$0].rawValue]
        })
    #expect(FeatureSelection.minimumPages(options) == [5, 2, Int.max])
  }
}
