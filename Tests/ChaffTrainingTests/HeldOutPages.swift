@testable import ChaffTraining
import Chaff

/// Held-out pages as training makes them: scores of whole pages with the features that a model keeps.
struct HeldOutPages {
  /// With its features as they were met.
  let all: IndexedCorpus
  let corpus: IndexedCorpus
  let held: HeldOutScores
  let folds: Folds

  init(_ pages: [LabelledPage], folds count: Int, options: TrainingOptions = ToyModel.options) {
    let all = IndexedCorpus(pages)
    var total = FeatureCounts(labelCount: all.labels.count, featureCount: all.index.count)
    total.add(all, pages: all.pages.indices)
    var chain = ChainCounts(phases: PagePhases(of: all, options))
    for page in all.pages where !page.isPart { chain.add(all.states(of: page), times: page.copies) }
    let kept = FeatureSelection.features(of: all, total, options)
    self.all = all
    corpus = all.wholePages(keeping: kept)
    folds = Folds(count: count)
    held = HeldOutScores(
      corpus: corpus, total: total.keeping(kept), chain: chain, folds: folds, options: options)
  }
}
