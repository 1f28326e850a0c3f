import Chaff

/// Expectation maximisation with unlabelled pages (Nigam et al. 2000, the EM-λ of section 5.3.1).
///
/// A model of the labelled pages guesses the labels of the unlabelled ones; these count by their posteriors, times a
/// small weight, beside the labelled ones; the pool's weights are fitted again on folds of the labelled pages, without
/// which the guesses make the model too sure of itself; and so on, for as long as the mean log posterior of the held-out
/// labels rises. The chain learns from labelled pages alone.
struct UnlabelledTraining {
  /// Guesses after which it ends at the latest: more brought nothing on folds.
  private static let stepLimit = 3

  let options: TrainingOptions
  let weight: Double
  /// The labelled pages, and behind them the unlabelled ones, marked as parts and without labels.
  private let corpus: IndexedCorpus
  private let labelledPages: Int
  private let texts: [[UInt8]]
  private let counts: FeatureCounts
  private let chain: ChainCounts
  private let folds: Folds

  /// - Parameters:
  ///   - labelled: as they are counted in training.
  ///   - texts: the unlabelled pages, as UTF-8.
  init(_ labelled: IndexedCorpus, texts: [[UInt8]], weight: Double, options: TrainingOptions) {
    self.options = options
    self.weight = weight
    labelledPages = labelled.pages.count
    var corpus = labelled.named()
    var kept: [[UInt8]] = []
    for text in texts {
      let page = IndexedCorpus([Self.page(text)], usesForms: options.usesForms).named()
      var map = IndexedCorpus.FeatureMap(from: page, to: labelled.labels)
      for lines in page.pages {
        corpus.append(lines, of: page, &map)
        kept.append(text)
      }
    }
    self.corpus = corpus
    self.texts = kept
    var counts = FeatureCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
    counts.add(corpus, pages: 0..<labelledPages)
    self.counts = counts
    var chain = ChainCounts(phases: PagePhases(of: labelled, options))
    for page in corpus.pages where !page.isPart { chain.add(corpus.states(of: page), times: page.copies) }
    self.chain = chain
    folds = Folds(count: max(2, min(options.folds, labelledPages)))
  }

  /// A page without labels; as a part, so that it gives neither priors nor folds.
  private static func page(_ text: [UInt8]) -> LabelledPage {
    let rows = LineSplitter.lines(text).enumerated().map { number, line in
      LabelledPage.Row(label: nil, text: line, lineNumber: number + 1)
    }
    return LabelledPage(file: "", isPart: true, rows: rows)
  }

  /// Guesses and fits in turn.
  /// - Returns: the model of the best step, and the mean log posterior of the held-out labels of each, the first without
  ///   unlabelled pages.
  func run(progress: (Double) -> Void) -> (assembly: ModelAssembly, likelihoods: [Double]) {
    var (best, likelihood) = fit(counts)
    var likelihoods = [likelihood]
    for step in 1...Self.stepLimit {
      progress(Double(step) / Double(Self.stepLimit + 1))
      var total = counts
      total.add(guess(best), weight: weight)
      let (next, nextLikelihood) = fit(total)
      likelihoods.append(nextLikelihood)
      guard nextLikelihood > likelihood else { break }
      (best, likelihood) = (next, nextLikelihood)
    }
    return (best, likelihoods)
  }

  /// Counts the unlabelled pages by a model's posteriors.
  private func guess(_ assembly: ModelAssembly) -> ExpectedCounts {
    let classifier: LineClassifier
    do throws(ModelError) {
      classifier = try LineClassifier(modelBytes: assembly.bytes())
    } catch {
      preconditionFailure("a model that was just trained cannot be read: \(error)")
    }
    var expected = ExpectedCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
    for (page, text) in zip(corpus.pages[labelledPages...], texts) {
      let posteriors = classifier.classify(utf8: text).compactMap { $0.prediction?.posteriors }
      expected.add(page, of: corpus, posteriors: posteriors)
    }
    return expected
  }

  private func fit(_ total: FeatureCounts) -> (ModelAssembly, Double) {
    let fitted = FittedModel(corpus, counts: total, chain: chain, folds: folds, options: options)
    return (fitted.assembly, likelihood(fitted))
  }

  /// The mean log posterior of the labels of held-out pages, in nats.
  private func likelihood(_ fitted: FittedModel) -> Double {
    let (corpus, held) = (fitted.heldOut, fitted.held)
    var decoder = HeldOutDecoder(corpus, held, folds, fitted.pool)
    var sum = 0.0
    var count = 0
    for (number, page) in corpus.pages.enumerated() {
      decoder.decode(page: number)
      for (offset, line) in page.lines.enumerated() where corpus.lines[line].label >= 0 {
        let label = corpus.lines[line].label
        let posterior = decoder.posteriors[offset * held.groups + label / 16][label % 16]
        sum += Reproducible.log(max(1e-9, Double(posterior)))
        count += 1
      }
    }
    return count > 0 ? sum / Double(count) : 0
  }
}

extension Trainer {
  /// A model that unlabelled pages took part in.
  public struct UnlabelledResult: Sendable {
    /// The model.
    public let result: Result
    /// The mean log posterior of held-out labels, in nats: without the unlabelled pages, then after each step. The model
    /// is that of the largest.
    public let likelihoods: [Double]
    /// Steps whose guesses are in the model.
    public var steps: Int { likelihoods.indices.max { likelihoods[$0] < likelihoods[$1] } ?? 0 }
  }

  /// Trains a model from labelled and unlabelled pages, by expectation maximisation (Nigam et al. 2000).
  ///
  /// It ends when the likelihood of held-out labels falls; that may be before the first step, and then the model is the one
  /// of the labelled pages.
  /// - Parameters:
  ///   - pages: the labelled pages.
  ///   - unlabelled: texts of pages, as UTF-8.
  ///   - weight: how much a line of those counts beside one of a labelled page, from 0 to 1.
  ///   - options: the choices of the run.
  ///   - progress: is told how much is done, from 0 to 1.
  public static func train(
    _ pages: CountedPages, unlabelled: [[UInt8]], weight: Double, options: TrainingOptions = .init(),
    progress: (Double) -> Void = { _ in }
  ) throws(Failure) -> UnlabelledResult {
    let labelled = try corpus(pages, usesForms: options.usesForms)
    // In an order of their own, so that the order of files plays no part.
    let texts = unlabelled.sorted { $0.lexicographicallyPrecedes($1) }
    let training = UnlabelledTraining(labelled, texts: texts, weight: weight, options: options)
    let (assembly, likelihoods) = training.run(progress: progress)
    return UnlabelledResult(result: result(assembly, of: labelled), likelihoods: likelihoods)
  }
}
