import Chaff
@testable import ChaffTraining
import Foundation
import Testing

struct PoolFitterTests {
  private func parameters(_ iterations: Int, _ pages: [LabelledPage]) throws -> ModelParameters {
    var options = ToyModel.options
    options.iterations = iterations
    return try Toy.classifier(pages, options).model.parameters
  }

  /// The mean log posterior of gold on held-out pages, half of the kind and half of its category.
  private func objective(_ iterations: Int) throws -> Double {
    var options = ToyModel.options
    options.iterations = iterations
    let pages = HeldOutPages(try Toy.noisySites(), folds: 5, options: options)
    let (corpus, held, folds) = (pages.corpus, pages.held, pages.folds)
    let pool = PoolFitter(corpus: corpus, held: held, folds: folds, options: options).fit()
    var sum = 0.0
    for (number, page) in corpus.pages.enumerated() {
      var evidence = LineEvidence(groups: held.groups)
      pool.vectors(groups: 1).append(page.lines, of: held, to: &evidence)
      var decoder = ForwardBackward(chain: held.chains[folds.fold(ofPage: number)])
      var posteriors: [SIMD16<Float>] = []
      decoder.decode(evidence, decided: page.lines.count, isEnd: true, posteriors: &posteriors)
      for (posterior, line) in zip(posteriors, page.lines) {
        let gold = corpus.lines[line].label
        let categories = corpus.labels.categoryOfLabel
        let category = categories.indices.reduce(0) { categories[$1] == categories[gold] ? $0 + posterior[$1] : $0 }
        sum += (log(Double(posterior[gold])) + log(Double(category))) / 2
      }
    }
    return sum / Double(corpus.lines.count)
  }

  @Test func fittingClimbs() throws {
    let values = try [0, 5, 25].map(objective)
    #expect(values[0] < values[1])
    #expect(values[1] < values[2])
  }

  @Test func weightsAreNeverNegative() throws {
    // Words that mislead: each means another label on every page.
    let labels = ["a", "b", "c", "d"]
    let pages = try Toy.pages(
      (0..<4).map { page in
        (0..<4).map { "\(labels[($0 + page) % 4])\tword\(labels[$0])\n" }.joined()
      }.joined(separator: "\n"))
    let weights = try parameters(30, pages).weights
    #expect(weights.allSatisfy { $0 >= 0 })
    #expect(weights.contains(0))
  }

  @Test func partsAloneInAFoldAreNoReasonToFail() throws {
    // One whole page among parts: its fold has no other page to learn the chain from.
    let pages = try Toy.pages("nav\tHome\ncontent\tThe cat\n\n# part\nnav\tSport\n\n# part\ncontent\tThe dog\n")
    let parameters = try parameters(3, pages)
    #expect((parameters.weights + parameters.bias).allSatisfy { $0.isFinite })
  }
}

struct AdamStepTests {
  @Test func firstTwoStepsByHand() {
    var step = AdamStep(count: 2)
    var values = [1.0, 0.0]
    // Corrected for its start, the mean is the slope and the root of the square its size.
    step.climb(&values, [4, -0.5], rate: 0.1, penalty: 0)
    #expect(abs(values[0] - (1 + 0.1 * 4 / (4 + 1e-6))) < 1e-12)
    #expect(abs(values[1] + 0.1 * 0.5 / (0.5 + 1e-6)) < 1e-12)
    // Mean: (0.9 × 0.4 + 0.1 × −4) / 0.19; square: (0.99 × 0.16 + 0.01 × 16) / 0.0199.
    let before = values[0]
    step.climb(&values, [-4, 0], rate: 0.1, penalty: 0)
    let expected = 0.1 * (-0.04 / 0.19) / ((0.3184 / 0.0199).squareRoot() + 1e-6)
    #expect(abs(values[0] - before - expected) < 1e-12)
  }

  @Test func climbsToTheTop() {
    // −(x − 3)² − 10 (y + 1)²
    var step = AdamStep(count: 2)
    var values = [0.0, 0.0]
    for _ in 0..<2_000 {
      step.climb(&values, [-2 * (values[0] - 3), -20 * (values[1] + 1)], rate: 0.05, penalty: 0)
    }
    #expect(abs(values[0] - 3) < 1e-3)
    #expect(abs(values[1] + 1) < 1e-3)
  }

  @Test func penaltyPullsToNought() {
    // −(x − 3)² − p x² / 2 has its top at 6 / (2 + p).
    var step = AdamStep(count: 1)
    var values = [0.0]
    for _ in 0..<2_000 { step.climb(&values, [-2 * (values[0] - 3)], rate: 0.05, penalty: 1) }
    #expect(abs(values[0] - 2) < 1e-3)
  }

  @Test func withoutSlopeItStays() {
    var step = AdamStep(count: 1)
    var values = [0.7]
    for _ in 0..<3 { step.climb(&values, [0], rate: 0.05, penalty: 0) }
    #expect(values == [0.7])
  }
}
