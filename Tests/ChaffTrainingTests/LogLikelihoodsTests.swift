import CLanes
import Chaff
@testable import ChaffTraining
import Foundation
import Testing

struct LogLikelihoodsTests {
  private func rows(_ smoothing: Double) throws -> (String, FeatureBlock) -> [Double] {
    let corpus = IndexedCorpus(try Toy.pair(), usesForms: true).named()
    var counts = FeatureCounts(labelCount: 2, featureCount: corpus.index.count)
    counts.add(corpus, pages: corpus.pages.indices)
    let likelihoods = LogLikelihoods(counts: counts, smoothing: Array(repeating: smoothing, count: FeatureBlock.count))
    return { name, block in
      let known = zip(corpus.index.names, corpus.index.blocks)
      guard let feature = Array(known).firstIndex(where: { $0.elementsEqual(name.utf8) && $1 == block }) else {
        return []
      }
      return likelihoods.rows(counts.byLabel[feature * 2..<feature * 2 + 2], [UInt8(block.rawValue)])
    }
  }

  private func expect(_ row: [Double], _ expected: [Double], _ comment: Comment, within error: Double = 1e-12) {
    #expect(row.count == expected.count, comment)
    #expect(zip(row, expected).allSatisfy { abs($0 - $1) < error }, comment)
  }

  /// Six words: content has the twice, cat and dog; nav has home twice. A line of a whole page counts four times, as does
  /// a pseudo-count, so that only the background's one more, for halves, is a quarter as much.
  @Test func wordsByHand() throws {
    let row = try rows(1)
    expect(row("home", .words), [-log(5.0), log((2 + 8.5 / 25) / (8.5 / 25)) - log(3.0)], "home")
    expect(row("the", .words), [log((2 + 8.5 / 25) / (8.5 / 25)) - log(5.0), -log(3.0)], "the")
    expect(row("cat", .words), [log((1 + 4.5 / 25) / (4.5 / 25)) - log(5.0), -log(3.0)], "cat")
  }

  /// Ten bigrams: six of content and four of nav. "^ home" twice, "the cat" once.
  @Test func bigramsByHand() throws {
    let row = try rows(2)
    expect(row("^ home", .bigrams), [log(2.0) - log(8.0), log((2 + 17.0 / 41) / (8.5 / 41)) - log(6.0)], "^ home")
    expect(row("the cat", .bigrams), [log((1 + 9.0 / 41) / (4.5 / 41)) - log(8.0), log(2.0) - log(6.0)], "the cat")
  }

  /// Three patterns: content has two on each line, nav one.
  @Test func patternsByHand() throws {
    let row = try rows(1)
    let home = [-log(5.0), log((2 + 8.5 / 25) / (8.5 / 25)) - log(3.0)]
    expect(row("<s> ^home </s>", .patterns), home, "^home")
  }

  /// With endless smoothing a feature says nothing.
  @Test func smoothingPullsToTheBackground() throws {
    let row = try rows(1e9)
    for (name, block) in [("home", FeatureBlock.words), ("the cat", .bigrams)] {
      expect(row(name, block), [0, 0], Comment(rawValue: name), within: 1e-6)
    }
  }

  /// Rows that are worked out together are to the bit those of the formula, with the vectors of each processor.
  @Test(arguments: [128, 256, 512] as [Int32])
  func rowsAreThoseOfTheFormula(_ bits: Int32) {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    var generator = SplitMix64(seed: 77)
    for labels in [1, 2, 7, 13, 16, 31] {
      var counts = FeatureCounts(labelCount: labels, featureCount: 0)
      for block in 0..<FeatureBlock.count { counts.setTotals(ofBlock: block, to: 1000 * block + 77) }
      let smoothing = [3.0, 60, 0.5]
      let likelihoods = LogLikelihoods(counts: counts, smoothing: smoothing)
      for features in [0, 1, 31, 32, 33, 100] {
        let own = (0..<features * labels).map { _ in
          Int32.random(in: 0...3, using: &generator) == 0 ? Int32.random(in: 0...1_000_000, using: &generator) : 0
        }
        let blocks = (0..<features).map { _ in UInt8.random(in: 0..<3, using: &generator) }
        let expected = (0..<features).flatMap { feature in
          row(own[feature * labels..<(feature + 1) * labels], Int(blocks[feature]), counts, smoothing)
        }
        #expect(likelihoods.rows(own[...], blocks[...]) == expected)
      }
    }
  }

  private func row(
    _ own: ArraySlice<Int32>, _ block: Int, _ counts: FeatureCounts, _ smoothing: [Double]
  ) -> [Double] {
    let labels = counts.labelCount
    let of = counts.totals[block * labels..<(block + 1) * labels].map { Double($0) }
    let share = (Double(own.reduce(0) { $0 + Int($1) }) + 0.5) / of.reduce(1, +)
    return zip(own, of).map { count, total in
      let number = Double(count) + smoothing[block] * 4 * share
      return Reproducible.log(number) - Reproducible.log(total + smoothing[block] * 4) - Reproducible.log(share)
    }
  }
}

extension FeatureCounts {
  fileprivate mutating func setTotals(ofBlock block: Int, to first: Int) {
    for label in 0..<labelCount { totals[block * labelCount + label] = first + 13 * label }
  }
}
