import Chaff
import Testing

@testable import ChaffTraining

struct HeldOutDecoderTests {
  /// A decoder that has decoded another page before says the same of a page as a new one.
  @Test func pagesAreDecodedByThemselves() throws {
    let corpus = IndexedCorpus(try Toy.sites())
    let options = TrainingOptions()
    var total = FeatureCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
    total.add(corpus, pages: corpus.pages.indices)
    let folds = Folds(count: 2)
    let features = FeatureSelection.features(of: corpus, total, options)
    let held = HeldOutScores(corpus: corpus, total: total, keeping: features, folds: folds, options: options)
    let pool = PoolWeights(labelCount: corpus.labels.count)
    var used = HeldOutDecoder(corpus, held, folds, pool)
    for page in corpus.pages.indices.reversed() {
      used.decode(page: page)
      var new = HeldOutDecoder(corpus, held, folds, pool)
      new.decode(page: page)
      #expect(used.posteriors == new.posteriors)
      #expect(used.posteriors.count == corpus.pages[page].lines.count * held.groups)
      for vector in used.posteriors { #expect(abs(vector.sum() - 1) < 1e-5) }
    }
  }
}
