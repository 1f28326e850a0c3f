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
      for block in FeatureBlock.allCases {
        let left = features.filter { !kept.contains($0) && corpus.index.blocks[$0] == block }.count
        #expect(Int(own.leftOut[block.rawValue]) == left)
      }
      #expect(own.label == line.label && own.words == line.words && own.form == line.form && own.text == line.text)
    }
  }

  @Test func rareFeaturesAreLeftOut() throws {
    let corpus = try corpus()
    let pages = FeatureCounts.pages(of: corpus)
    for minimum in [[1, 1, 1], [2, 3, 4], [Int.max, 1, Int.max]] {
      let (less, onPages) = corpus.withoutRareFeatures(minimum: minimum)
      let kept = corpus.index.hashes.indices.filter { pages[$0] >= minimum[corpus.index.blocks[$0].rawValue] }
      #expect(less.index.hashes == kept.map { corpus.index.hashes[$0] })
      #expect(onPages == kept.map { pages[$0] } && onPages == FeatureCounts.pages(of: less))
      #expect(less.index.count + less.leftOutFeatures == corpus.index.count)
      #expect(less.pages == corpus.pages && less.lines.count == corpus.lines.count)
      for (own, line) in zip(less.lines, corpus.lines) {
        let features = corpus.features[line.features].map { Int($0) }.filter { kept.contains($0) }
        #expect(less.features[own.features].map { kept[Int($0)] } == features)
        #expect(own.leftOut.wrappedSum() == UInt32(line.features.count - features.count))
      }
      // Names are found as before.
      let names = corpus.names(of: kept)
      #expect(less.names(of: Array(kept.indices)) == names && less.named().index.names == names)
    }
  }

  @Test func pagesAreCounted() throws {
    let corpus = try corpus()
    var expected = [Int32](repeating: 0, count: corpus.index.count)
    for page in corpus.pages {
      for feature in Set(corpus.lines[page.lines].filter { $0.label >= 0 }.flatMap { corpus.features[$0.features] }) {
        expected[Int(feature)] += Int32(page.copies)
      }
    }
    #expect(FeatureCounts.pages(of: corpus) == expected)
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
    #expect(own.byLabel == expected.byLabel && own.pages == expected.pages)
    #expect(own.rows == counts.rows)
    for (number, feature) in kept.enumerated() {
      let labels = corpus.labels.count
      #expect(
        own.byLabel[number * labels..<(number + 1) * labels]
          == counts.byLabel[feature * labels..<(feature + 1) * labels])
    }
  }
}
