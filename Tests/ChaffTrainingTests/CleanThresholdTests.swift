import Chaff
@testable import ChaffTraining
import Testing

struct CleanThresholdTests {
  private let corpus: IndexedCorpus
  private let held: HeldOutScores
  private let folds = Folds(count: 5)
  private let pool: PoolWeights

  init() throws {
    corpus = IndexedCorpus(try Self.articles(), usesForms: true)
    var total = FeatureCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
    total.add(corpus, pages: corpus.pages.indices)
    held = HeldOutScores(corpus: corpus, total: total, folds: folds, options: ToyModel.options)
    var weak = PoolWeights(labelCount: corpus.labels.count)
    // Weak evidence, so that the probabilities spread.
    weak.weights = weak.weights.map { $0 / 10 }
    pool = weak
  }

  /// The toy pages as an extractor would return them: ten lines of twelve are the article's.
  private static func articles() throws -> [LabelledPage] {
    let rows = [0, 3, 4, 6, 7, 5, 4, 7, 6, 4, 7, 6]
    return try Toy.sites().map { page in LabelledPage(file: "", rows: rows.map { page.rows[$0] }) }
  }

  private func fit(_ pool: PoolWeights, loss: Double) -> Double {
    CleanThreshold.fit(corpus: corpus, held: held, folds: folds, pool: pool, category: 0, loss: loss)
  }

  /// Words and held-out probability of each line of the category.
  private func lines(_ pool: PoolWeights) -> [(words: Int, probability: Double)] {
    var lines: [(words: Int, probability: Double)] = []
    for (number, page) in corpus.pages.enumerated() {
      var evidence = LineEvidence(groups: held.groups)
      for line in page.lines { pool.append(line, of: corpus, held, to: &evidence) }
      var decoder = ForwardBackward(chain: held.chains[folds.fold(ofPage: number)])
      var posteriors: [SIMD16<Float>] = []
      decoder.decode(evidence, decided: page.lines.count, isEnd: true, posteriors: &posteriors)
      for (posterior, line) in zip(posteriors, page.lines) where [0, 1].contains(corpus.lines[line].label) {
        lines.append((corpus.lines[line].words, Double(posterior[0] + posterior[1])))
      }
    }
    return lines
  }

  /// It is the largest threshold, in thousandths, that loses no more than the share of words.
  @Test(arguments: [0, 0.005, 0.02, 0.1, 0.3, 0.7])
  func largestThatLosesNoMore(_ loss: Double) {
    let lines = lines(pool)
    let total = lines.reduce(0) { $0 + $1.words }
    func lost(_ threshold: Double) -> Double {
      Double(lines.reduce(0) { $1.probability < threshold ? $0 + $1.words : $0 }) / Double(total)
    }
    let threshold = fit(pool, loss: loss)
    #expect(threshold > 0 && threshold < 0.999)
    // A step's ends are taken a little apart: probabilities are single precision.
    #expect(lost(threshold - 1e-6) <= loss)
    #expect(lost(threshold + 0.001 + 1e-6) > loss)
  }

  @Test func moreLossHigherThreshold() {
    let thresholds = [0, 0.05, 0.2, 0.5, 1].map { fit(pool, loss: $0) }
    #expect(thresholds == thresholds.sorted())
    #expect(Set(thresholds).count > 2)
    #expect(thresholds.last == 0.999)
  }

  @Test func hopelessCategory() {
    var hopeless = pool
    hopeless.bias = [-70, -70, 0, 0]
    #expect(fit(hopeless, loss: 0.005) == 0)
  }

  @Test func categoryWithoutALineOnAWholePage() throws {
    let pages = try Toy.pages("nav\tHome\nads\tBuy\n\nnav\tHome\n\n# part\ncontent\tThe cat\n")
    #expect(try Toy.classifier(pages).cleanThreshold == 0.5)
  }

  @Test func articleCategoryIsChosenByName() throws {
    func threshold(_ category: String, loss: Double) throws -> Double {
      var options = ToyModel.options
      // The looks of lines alone leave doubts, of menus others than of articles.
      options.without = ["words", "bigrams", "characters"]
      options.articleCategory = category
      options.cleaningLoss = loss
      return try Toy.classifier(Self.articles(), options).cleanThreshold
    }
    #expect(try threshold("content", loss: 1) == 0.999)
    // The first category, where there is none of the name.
    #expect(try threshold("none", loss: 0.01) == threshold("content", loss: 0.01))
    #expect(try threshold("nav", loss: 0.01) != threshold("content", loss: 0.01))
  }
}
