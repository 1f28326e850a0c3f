import Chaff
import Testing

@testable import ChaffTraining

struct HeldOutDecoderTests {
  /// A decoder that has decoded another page before says the same of a page as a new one.
  @Test func pagesAreDecodedByThemselves() throws {
    let pages = HeldOutPages(try Toy.sites(), folds: 2, options: TrainingOptions())
    let (corpus, held, folds) = (pages.corpus, pages.held, pages.folds)
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
