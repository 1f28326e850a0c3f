import CLanes
import Chaff
import Testing

@testable import ChaffTraining

struct HeldOutScorerTests {
  /// A line's scores are the sums of its features' rows times their gains, in order and in single precision, with the
  /// vectors of each processor.
  private func compare(_ pages: [LabelledPage], _ bits: Int32, _ location: SourceLocation = #_sourceLocation) {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    var options = ToyModel.options
    options.minimumPages = [1, 2, 3]
    let corpus = IndexedCorpus(pages)
    let (labels, groups) = (corpus.labels.count, (corpus.labels.count + 15) / 16)
    var counts = FeatureCounts(labelCount: labels, featureCount: corpus.index.count)
    counts.add(corpus)
    let likelihoods = LogLikelihoods(counts: counts, smoothing: options.smoothing)
    var rows = likelihoods.rows(counts.byLabel[...], corpus.index.blockNumbers[...])
    for feature in corpus.index.hashes.indices
    where counts.pages[feature] < options.minimumPages[corpus.index.blocks[feature].rawValue] {
      for label in 0..<labels { rows[feature * labels + label] = 0 }
    }
    let scorer = HeldOutScorer(corpus, counts, options)
    let size = FeatureBlock.count * groups
    var generator = SplitMix64(seed: 5)
    let gains = corpus.index.hashes.map { _ in Float.random(in: 0...4, using: &generator) }
    let found = [SIMD16<Float>](unsafeUninitializedCapacity: corpus.lines.count * size) { scores, count in
      count = corpus.lines.count * size
      for page in corpus.pages { if let base = scores.baseAddress { scorer.score(page.lines, gains: gains, to: base) } }
    }
    for (number, line) in corpus.lines.enumerated() {
      var expected = [Float](repeating: 0, count: size * 16)
      for feature in corpus.features[line.features].map({ Int($0) }) {
        let block = corpus.index.blocks[feature].rawValue
        for label in 0..<labels {
          let row = Float(rows[feature * labels + label])
          expected[block * groups * 16 + label] += row * gains[feature]
        }
      }
      let own = (0..<size * 16).map { found[number * size + $0 / 16][$0 % 16] }
      #expect(own == expected, sourceLocation: location)
    }
    #expect(found.contains { $0 != SIMD16(repeating: 0) }, sourceLocation: location)
  }

  @Test(arguments: [128, 256, 512] as [Int32])
  func scoresAreSumsOfRows(_ bits: Int32) throws { compare(try Toy.sites(), bits) }

  @Test func moreThanSixteenLabelsHaveTheirs() throws {
    let rows = (0..<20).map { "kind/\($0)\tword\($0) of page\n" }
    compare(try Toy.pages((0..<9).map { page in rows.dropFirst(page).joined() }.joined(separator: "\n")), 512)
  }
}
