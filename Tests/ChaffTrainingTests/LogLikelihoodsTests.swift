import Chaff
@testable import ChaffTraining
import Foundation
import Testing

struct LogLikelihoodsTests {
  private func rows(_ smoothing: Double) throws -> (String, FeatureBlock) -> [Double] {
    let corpus = IndexedCorpus(try Toy.pair(), usesForms: true)
    var counts = FeatureCounts(labelCount: 2, featureCount: corpus.index.count)
    counts.add(corpus, pages: corpus.pages.indices)
    let likelihoods = LogLikelihoods(counts: counts, smoothing: Array(repeating: smoothing, count: FeatureBlock.count))
    return { name, block in
      var row = [0.0, 0.0]
      let known = zip(corpus.index.names, corpus.index.blocks)
      guard let feature = Array(known).firstIndex(where: { $0.elementsEqual(name.utf8) && $1 == block }) else {
        return []
      }
      likelihoods.row(counts.hashed[feature * 2..<feature * 2 + 2], block, into: &row)
      return row
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

  /// With endless smoothing a feature says nothing.
  @Test func smoothingPullsToTheBackground() throws {
    let row = try rows(1e9)
    for (name, block) in [("home", FeatureBlock.words), ("the cat", .bigrams)] {
      expect(row(name, block), [0, 0], Comment(rawValue: name), within: 1e-6)
    }
  }

  /// Every line has one value of each attribute, so a label's total is its lines times the attributes.
  @Test func shapesByHand() throws {
    let corpus = IndexedCorpus(try Toy.pages("a\t***\na\t***\n\nb\t***\n"), usesForms: true)
    var counts = FeatureCounts(labelCount: 2, featureCount: corpus.index.count)
    counts.add(corpus, pages: corpus.pages.indices)
    let likelihoods = LogLikelihoods(counts: counts, smoothing: [1, 1, 1, 50])
    let attributes = Double(ShapeFeatures.attributeCount)
    var row = [0.0, 0.0]
    // Two lines of a and one of b, each four times; fifty pseudo-counts are two hundred.
    likelihoods.row([8, 4], .shape, into: &row)
    let share = 12.5 / (12 * attributes + 1)
    expect(
      row,
      [
        log((8 + 200 * share) / (8 * attributes + 200) / share),
        log((4 + 200 * share) / (4 * attributes + 200) / share),
      ], "shape")
  }
}
