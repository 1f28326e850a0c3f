import Chaff
@testable import ChaffTraining
import Testing

struct CleanThresholdTests {
  private let corpus: IndexedCorpus
  private let held: HeldOutScores
  private let folds = Folds(count: 5)
  private let pool: PoolWeights

  init() throws {
    let pages = HeldOutPages(try Self.articles(), folds: folds.count, options: Self.options)
    (corpus, held) = (pages.corpus, pages.held)
    var weak = PoolWeights(labelCount: corpus.labels.count)
    // Weak evidence, so that the probabilities spread.
    weak.weights = weak.weights.map { $0 / 10 }
    pool = weak
  }

  /// With phases toy pages leave no doubt, and there is no threshold to look for.
  private static var options: TrainingOptions {
    var options = ToyModel.options
    options.usesPhases = false
    return options
  }

  /// The toy pages as an extractor would return them: ten lines of twelve are the article's.
  private static func articles() throws -> [LabelledPage] {
    let rows = [0, 3, 4, 6, 7, 5, 4, 7, 6, 4, 7, 6]
    return try Toy.sites().map { page in LabelledPage(file: "", rows: rows.map { page.rows[$0] }) }
  }

  private func fit(_ pool: PoolWeights, _ temperature: Temperature = .none, loss: Double) -> Double {
    CleanThreshold.fit(
      corpus: corpus, held: held, folds: folds, pool: pool, temperature: temperature, category: 0, loss: loss)
  }

  /// Words and held-out probability of each line of the category.
  private func lines(_ pool: PoolWeights, _ temperature: Temperature) -> [(words: Int, probability: Double)] {
    var lines: [(words: Int, probability: Double)] = []
    for (number, page) in corpus.pages.enumerated() {
      var evidence = LineEvidence(groups: held.groups)
      pool.vectors(groups: held.groups).append(page.lines, of: held, to: &evidence)
      var decoder = ForwardBackward(chain: held.chains[folds.fold(ofPage: number)])
      var posteriors: [SIMD16<Float>] = []
      decoder.decode(evidence, decided: page.lines.count, isEnd: true, posteriors: &posteriors)
      temperature.apply(to: &posteriors, groups: held.groups)
      for (posterior, line) in zip(posteriors, page.lines) where [0, 1].contains(corpus.lines[line].label) {
        lines.append((corpus.lines[line].words, Double(posterior[0] + posterior[1])))
      }
    }
    return lines
  }

  /// It is the largest threshold, in thousandths, that loses no more than the share of words.
  @Test(arguments: [0, 0.005, 0.02, 0.1, 0.3, 0.7], [8, 5])
  func largestThatLosesNoMore(_ loss: Double, _ eighths: Int) {
    let temperature = Temperature(eighths: eighths)
    let lines = lines(pool, temperature)
    let total = lines.reduce(0) { $0 + $1.words }
    func lost(_ threshold: Double) -> Double {
      Double(lines.reduce(0) { $1.probability < threshold ? $0 + $1.words : $0 }) / Double(total)
    }
    let threshold = fit(pool, temperature, loss: loss)
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

  /// The threshold of the toy pages, of which each has so many lines of the article, menu and newsletter.
  private func threshold(article: Int, others: Int, skipped: Int = 0) throws -> Double {
    let pages = try Toy.sites().map { page in
      let body = (0..<article).map { page.rows[[3, 4, 6, 7][$0 % 4]] }
      let rest = (0..<others).map { page.rows[[0, 5, 9][$0 % 3]] }
      let unscored = (0..<skipped).map { _ in LabelledPage.Row(label: nil, text: page.rows[1].text, lineNumber: 1) }
      return LabelledPage(file: "", rows: body + rest + unscored)
    }
    var options = ToyModel.options
    // If a page is asked at all, all that lies below the threshold may be lost.
    options.cleaningLoss = 1
    return try Toy.classifier(pages, options).cleanThreshold
  }

  @Test func onlyPagesLikeAnExtractorsAreAsked() throws {
    // Four fifths are enough, less is not.
    #expect(try threshold(article: 4, others: 1) == 0.999)
    #expect(try threshold(article: 8, others: 2) == 0.999)
    #expect(try threshold(article: 7, others: 2) == 0.5)
    #expect(try threshold(article: 3, others: 1) == 0.5)
    #expect(try threshold(article: 4, others: 6) == 0.5)
    // Lines that are not scored are not asked.
    #expect(try threshold(article: 4, others: 1, skipped: 5) == 0.999)
    #expect(try threshold(article: 3, others: 1, skipped: 5) == 0.5)
  }

  @Test func otherPagesChangeNothing() throws {
    func fit(_ pages: [LabelledPage], _ isAsked: (IndexedCorpus.Page, IndexedCorpus) -> Bool) -> (Double, Double) {
      let pages = HeldOutPages(pages, folds: folds.count, options: Self.options)
      let (corpus, held) = (pages.corpus, pages.held)
      let fitted = CleanThreshold.fit(
        corpus: corpus, held: held, folds: folds, pool: pool, temperature: .none, category: 0, loss: 0)
      // The least probability of a line of the article on a page that is asked, in whole thousandths.
      var least = 1.0
      for (number, page) in corpus.pages.enumerated() where isAsked(page, corpus) {
        var evidence = LineEvidence(groups: held.groups)
        pool.vectors(groups: held.groups).append(page.lines, of: held, to: &evidence)
        var decoder = ForwardBackward(chain: held.chains[folds.fold(ofPage: number)])
        var posteriors: [SIMD16<Float>] = []
        decoder.decode(evidence, decided: page.lines.count, isEnd: true, posteriors: &posteriors)
        for (posterior, line) in zip(posteriors, page.lines) where [0, 1].contains(corpus.lines[line].label) {
          least = min(least, Double(posterior[0] + posterior[1]))
        }
      }
      return (fitted, (least * 1000).rounded(.down) / 1000)
    }
    // Half of the lines of the toy pages are the article's: they are looked at in vain.
    let (mixed, least) = try fit(Self.articles() + Toy.sites()) { page, _ in page.lines.count == 12 }
    #expect(mixed == least)
    let all = try fit(Self.articles() + Toy.sites()) { _, _ in true }
    #expect(all.1 < mixed, "else this test shows nothing")
  }

  @Test func articleCategoryIsChosenByName() throws {
    func threshold(_ category: String, loss: Double) throws -> Double {
      var options = Self.options
      // Patterns alone leave doubts, of menus others than of articles.
      options.without = ["words", "bigrams"]
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
