import Chaff
import Testing

@testable import ChaffTraining

struct KeptFeaturesTests {
  private func corpus() throws -> IndexedCorpus {
    IndexedCorpus(try Toy.sites() + Toy.pages("# part\nnav/menu\tHome\n"))
  }

  @Test func wholePagesHaveTheFeaturesThatAreKept() throws {
    let corpus = try corpus()
    let kept = Array(stride(from: corpus.index.count - 1, through: 0, by: -3))
    let less = corpus.wholePages(keeping: kept)
    #expect(less.pages.count == 5 && less.pages.allSatisfy { !$0.isPart })
    #expect(less.index.hashes == kept.map { corpus.index.hashes[$0] })
    let lines = corpus.pages.filter { !$0.isPart }.flatMap { corpus.lines[$0.lines] }
    #expect(less.lines.count == lines.count)
    for (own, line) in zip(less.lines, lines) {
      let features = corpus.features[line.features].map { Int($0) }
      #expect(less.features[own.features].map { kept[Int($0)] } == features.filter { kept.contains($0) })
      for block in FeatureBlock.hashed {
        let left = features.filter { !kept.contains($0) && corpus.index.blocks[$0] == block }.count
        #expect(Int(own.leftOut[block.rawValue]) == left)
      }
      #expect(less.shapes[own.shapes] == corpus.shapes[line.shapes])
      #expect(own.label == line.label && own.words == line.words && own.form == line.form && own.text == line.text)
    }
  }

  /// Counts of the same pages with fewer features are those of all, but for the features that are gone.
  @Test func totalsCountWhatWasLeftOut() throws {
    let corpus = try corpus()
    let kept = Array(stride(from: 0, to: corpus.index.count, by: 2))
    let less = corpus.wholePages(keeping: kept)
    var counts = FeatureCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
    counts.add(corpus, pages: corpus.pages.indices.filter { !corpus.pages[$0].isPart })
    var own = FeatureCounts(labelCount: corpus.labels.count, featureCount: kept.count)
    own.add(less, pages: less.pages.indices)
    let expected = counts.keeping(kept)
    #expect(own.totals == counts.totals && expected.totals == counts.totals)
    #expect(own.hashed == expected.hashed && own.pages == expected.pages)
    #expect(own.shapes == counts.shapes && own.lines == counts.lines && own.rows == counts.rows)
    for (number, feature) in kept.enumerated() {
      let labels = corpus.labels.count
      #expect(
        own.hashed[number * labels..<(number + 1) * labels] == counts.hashed[feature * labels..<(feature + 1) * labels])
    }
  }
}
