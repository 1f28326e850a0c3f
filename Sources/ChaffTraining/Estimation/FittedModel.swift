import Chaff

/// A model of counted pages: all that is fitted on held-out ones, in its order, and what it was fitted by.
struct FittedModel {
  /// The held-out pages, with the features that the model keeps.
  let heldOut: IndexedCorpus
  let held: HeldOutScores
  let pool: PoolWeights
  let assembly: ModelAssembly

  /// - Parameters:
  ///   - counts: of all pages; held-out scores are made of those of the other folds.
  ///   - progress: is told how much is done, from 0 to 1.
  /// - Complexity: O(features of all lines + lines of a batch × steps).
  init(
    _ corpus: IndexedCorpus, counts: FeatureCounts, chain: ChainCounts, folds: Folds, options: TrainingOptions,
    progress: (Double) -> Void = { _ in }
  ) {
    // Weights that were fitted with more features than the model has would trust the rest too little.
    let kept = FeatureSelection.features(of: corpus, counts, options)
    heldOut = corpus.wholePages(keeping: kept)
    var held = HeldOutScores(
      corpus: heldOut, total: counts.keeping(kept), chain: chain, folds: folds, options: options)
    progress(0.1)
    let usesGains = options.usesGains && options.iterations > 0
    var pool = PoolFitter(corpus: heldOut, held: held, folds: folds, options: options)
      .fit(share: usesGains ? 1 / 3 : 1) { progress(0.1 + 0.4 * $0) }
    var gains = [FeatureGain](repeating: .none, count: kept.count)
    if usesGains {
      // Gains suit the weights, and then the weights the gains: in all as many steps as without them.
      gains = GainFitter(corpus: heldOut, folds: folds, options: options).fit(&held, pool)
      pool = PoolFitter(corpus: heldOut, held: held, folds: folds, options: options)
        .fit(share: 2 / 3, from: pool) { progress(0.6 + 0.3 * $0) }
    }
    self.held = held
    self.pool = pool
    let temperature =
      options.usesTemperature
      ? TemperatureFit.fit(corpus: heldOut, held: held, folds: folds, pool: pool) : .none
    let threshold = CleanThreshold.fit(
      corpus: heldOut, held: held, folds: folds, pool: pool, temperature: temperature,
      category: corpus.labels.categoryIndex(options.articleCategory) ?? 0, loss: options.cleaningLoss)
    assembly = ModelAssembly(
      corpus: corpus, counts: counts, features: kept, gains: gains, chain: chain, pool: pool, options: options,
      temperature: temperature, cleanThreshold: threshold)
  }
}
