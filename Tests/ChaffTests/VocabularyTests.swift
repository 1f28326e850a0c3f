import Chaff
import Testing

struct VocabularyTests {
  /// Of the pages "nav Home, content The cat" and "nav Home, content The dog"; label 0 is content. Lines of
  /// whole pages count four times.
  private func tiny() throws -> Vocabulary { try TestModel.open(TestModel.tiny.get()).vocabulary() }

  private func feature(
    _ block: FeatureBlock, _ name: String, _ counts: [(label: Int, count: Int)], pages: Int
  ) -> Vocabulary.Feature {
    Vocabulary.Feature(block: block, name: Array(name.utf8), counts: counts, pages: pages)
  }

  @Test func `Words have the counts of their lines and pages`() throws {
    #expect(
      try tiny().features.filter { $0.block == .words } == [
        feature(.words, "cat", [(0, 4)], pages: 1), feature(.words, "dog", [(0, 4)], pages: 1),
        feature(.words, "home", [(1, 8)], pages: 2), feature(.words, "the", [(0, 8)], pages: 2),
      ])
  }

  @Test func `Bigrams have marks at the ends of lines`() throws {
    #expect(
      try tiny().features.filter { $0.block == .bigrams } == [
        feature(.bigrams, "^ home", [(1, 8)], pages: 2), feature(.bigrams, "^ the", [(0, 8)], pages: 2),
        feature(.bigrams, "cat $", [(0, 4)], pages: 1), feature(.bigrams, "dog $", [(0, 4)], pages: 1),
        feature(.bigrams, "home $", [(1, 8)], pages: 2), feature(.bigrams, "the cat", [(0, 4)], pages: 1),
        feature(.bigrams, "the dog", [(0, 4)], pages: 1),
      ])
  }

  @Test func `Totals are by block and label`() throws {
    let vocabulary = try tiny()
    #expect(vocabulary.lines == [2, 2])
    // Of both pages, four times: words, bigrams, then patterns.
    #expect(vocabulary.totals == [16, 8, 24, 16, 16, 8])
  }

  @Test func `Every feature's name leads to its row`() throws {
    let model = try TestModel.model()
    for feature in try model.vocabulary().features {
      let rank = model.table.rank(of: FeatureHash.named(feature.name, in: feature.block))
      #expect((0..<model.table.rowCount).contains(rank), "\(String(decoding: feature.name, as: UTF8.self))")
    }
  }

  @Test func `Features that differ in one count are different`() {
    let feature = feature(.words, "a", [(0, 1)], pages: 1)
    #expect(feature == self.feature(.words, "a", [(0, 1)], pages: 1))
    #expect(feature != self.feature(.words, "a", [(0, 2)], pages: 1))
    #expect(feature != self.feature(.words, "a", [(0, 1), (1, 1)], pages: 1))
    #expect(feature != self.feature(.bigrams, "a", [(0, 1)], pages: 1))
  }
}
