import Chaff
@testable import ChaffTraining
import Testing

struct FeatureCountsTests {
  private func feature(_ name: String, _ block: FeatureBlock, _ vocabulary: Vocabulary) -> Vocabulary.Feature? {
    vocabulary.features.first { $0.block == block && $0.name == Array(name.utf8) }
  }

  @Test func countsByHand() throws {
    let part = try Toy.pages("# part\ncontent\tThe home\nskip\tHome\n")
    let vocabulary = try Toy.classifier(Toy.pair() + part).model.vocabulary()
    // Labels are content (0) and nav (1); skipped lines count nowhere. Lines of the whole pages count four times.
    #expect(vocabulary.lines == [3, 2])
    #expect(vocabulary.totals == [4 * 4 + 2, 4 * 2, 4 * 6 + 3, 4 * 4, 4 * 4 + 2, 4 * 2])
    let home = try #require(feature("home", .words, vocabulary))
    #expect(home.pages == 3)
    #expect(home.counts.elementsEqual([(label: 0, count: 1), (label: 1, count: 8)], by: ==))
    let end = try #require(feature("home $", .bigrams, vocabulary))
    #expect(end.counts.elementsEqual([(label: 0, count: 1), (label: 1, count: 8)], by: ==))
    let cat = try #require(feature("the cat", .bigrams, vocabulary))
    #expect(cat.pages == 1)
    #expect(cat.counts.elementsEqual([(label: 0, count: 4)], by: ==))
  }

  /// The counts of two sets of pages are the sum of theirs.
  @Test func countsAddUp() throws {
    let pages = try Toy.sites()
    let all = try Toy.classifier(pages).model
    let one = try Toy.classifier(Array(pages[..<2])).model
    let other = try Toy.classifier(Array(pages[2...])).model
    let (whole, left, right) = (try all.vocabulary(), try one.vocabulary(), try other.vocabulary())
    func sum(_ left: [Int], _ right: [Int]) -> [Int] { zip(left, right).map { $0 + $1 } }
    #expect(whole.lines == sum(left.lines, right.lines))
    #expect(whole.totals == sum(left.totals, right.totals))
    var tally: [[UInt8]: [Int]] = [:]
    for feature in left.features + right.features {
      var row = tally[[UInt8(feature.block.rawValue)] + feature.name] ?? [0, 0, 0, 0, 0, 0]
      for (label, count) in feature.counts { row[label] += count }
      row[5] += feature.pages
      tally[[UInt8(feature.block.rawValue)] + feature.name] = row
    }
    #expect(whole.features.count == tally.count)
    for feature in whole.features {
      var row = [0, 0, 0, 0, 0, feature.pages]
      for (label, count) in feature.counts { row[label] = count }
      #expect(row == tally[[UInt8(feature.block.rawValue)] + feature.name])
    }
  }

  /// Taking pages away leaves the counts of the others: what held-out scores stand on.
  @Test func pagesCanBeTakenAway() throws {
    let corpus = IndexedCorpus(try Toy.sites(), usesForms: true)
    func counts(_ pages: [Int]) -> FeatureCounts {
      var counts = FeatureCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
      counts.add(corpus, pages: pages)
      return counts
    }
    var less = counts([0, 1, 2, 3, 4])
    less.add(corpus, pages: [1, 3], sign: -1)
    let rest = counts([0, 2, 4])
    #expect(less.byLabel == rest.byLabel)
    #expect(less.pages == rest.pages)
    #expect(less.totals == rest.totals)
    #expect(less.rows == rest.rows)
    #expect(rest.rows.reduce(0, +) == 30)
    var all = FeatureCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
    all.add(corpus)
    let added = counts([0, 1, 2, 3, 4])
    var known = FeatureCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
    known.add(corpus, onPages: added.pages)
    #expect(known.pages == added.pages && known.byLabel == added.byLabel && known.rows == added.rows)
    #expect(all.byLabel == added.byLabel && all.pages == added.pages)
    #expect(all.totals == added.totals && all.rows == added.rows)
  }

  /// Two lines of a whole page and two of a part, one of them skipped.
  @Test func linesOfWholePagesCountFourTimes() throws {
    #expect(FeatureCounts.wholePageWeight == 4)
    let pages = try Toy.pages("content\tThe cat\nnav\tHome\n\n# part\nnav\tHome\nskip\tHome\n")
    let corpus = IndexedCorpus(pages, usesForms: true).named()
    var counts = FeatureCounts(labelCount: 2, featureCount: corpus.index.count)
    counts.add(corpus, pages: corpus.pages.indices)
    #expect(counts.rows == [1, 2])
    #expect(counts.totals == [8, 5, 12, 10, 8, 5])
    let names = zip(corpus.index.names, corpus.index.blocks)
    let home = try #require(Array(names).firstIndex { $0.elementsEqual("home".utf8) && $1 == .words })
    #expect(counts.byLabel[home * 2..<home * 2 + 2] == [0, 5])
    #expect(counts.pages[home] == 2)
    counts.add(corpus, pages: corpus.pages.indices, sign: -1)
    #expect(counts.rows == [0, 0] && counts.totals == [0, 0, 0, 0, 0, 0])
    #expect((counts.byLabel + counts.pages).allSatisfy { $0 == 0 })
  }
}
