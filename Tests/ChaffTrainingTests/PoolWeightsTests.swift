import CLanes
import Chaff
@testable import ChaffTraining
import Foundation
import Testing

struct PoolWeightsTests {
  /// The likelihoods of a line are `exp(bias + Σ weight × score)`, its largest about 1 and the padding 0.
  @Test func likelihoodsOfALine() throws {
    let pages = HeldOutPages(try Toy.sites(), folds: 5)
    let (corpus, held) = (pages.corpus, pages.held)
    var pool = PoolWeights(labelCount: 5)
    for index in pool.weights.indices { pool.weights[index] = 0.01 * Double(index) }
    pool.bias = [0.1, -0.2, 0.3, -0.4, 0.5]
    var evidence = LineEvidence(groups: 1)
    let vectors = pool.vectors(groups: held.groups)
    vectors.append(corpus.lines.indices, of: held, to: &evidence)
    #expect(evidence.forms.map(Int.init) == corpus.lines.map(\.form))
    for (line, found) in evidence.likelihoods.enumerated() {
      let scores = (0..<5).map { label in
        (0..<FeatureBlock.count).reduce(pool.bias[label]) {
          let weight = 0.01 * Double(($1 * 7 + corpus.lines[line].lengthClass) * 5 + label)
          return $0 + weight * Double(held.scores[line * FeatureBlock.count + $1][label])
        }
      }
      let largest = try #require(scores.max())
      // Up to a scale, which is the same for all.
      let scale = Double(found.max())
      #expect(abs(scale - 1) < 0.02)
      for label in 0..<5 { #expect(abs(Double(found[label]) / scale - exp(scores[label] - largest)) < 1e-4) }
      for lane in 5..<16 { #expect(found[lane] == 0) }
    }
  }

  /// The loop for up to sixteen labels gives the bits of the one for any number, with the vectors of each processor.
  @Test(arguments: [128, 256, 512] as [Int32])
  func vectorsChangeNothing(_ bits: Int32) throws {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    let pages = HeldOutPages(try Toy.sites(), folds: 5)
    var pool = PoolWeights(labelCount: 5)
    for index in pool.weights.indices { pool.weights[index] = 0.1 + Double(index * 7 % 11) / 10 }
    pool.bias = [3, -2, 0.5, -40, 1]
    let vectors = pool.vectors(groups: 1)
    let lines = 3..<pages.corpus.lines.count
    var evidence = LineEvidence(groups: 1)
    vectors.append(lines, of: pages.held, to: &evidence)
    var expected = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: lines.count)
    expected.withUnsafeMutableBufferPointer { expected in
      if let expected = expected.baseAddress { vectors.poolWide(lines, of: pages.held, to: expected) }
    }
    #expect(evidence.likelihoods == expected)
  }
}
