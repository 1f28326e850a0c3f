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
    held = HeldOutScores(
      corpus: heldOut, total: counts.keeping(kept), chain: chain, folds: folds, options: options)
    progress(0.1)
    pool = PoolFitter(corpus: heldOut, held: held, folds: folds, options: options).fit { progress(0.1 + 0.8 * $0) }
    let temperature =
      options.usesTemperature
      ? TemperatureFit.fit(corpus: heldOut, held: held, folds: folds, pool: pool) : .none
    let threshold = CleanThreshold.fit(
      corpus: heldOut, held: held, folds: folds, pool: pool, temperature: temperature,
      category: corpus.labels.categoryIndex(options.articleCategory) ?? 0, loss: options.cleaningLoss)
    assembly = ModelAssembly(
      corpus: corpus, counts: counts, features: kept, chain: chain, pool: pool, options: options,
      temperature: temperature, cleanThreshold: threshold)
  }
}
