import Chaff
import Testing

@testable import ChaffTraining

struct UnlabelledTrainingTests {
  private let text = Array(
    """
    Home
    Moorings
    The ferry was closed on Friday, and the mayor said that the pier would be next, if it rains.

    © 2024 The Harbour Times. All rights reserved.

    """.utf8)

  private func train(
    _ texts: [[UInt8]], weight: Double = 0.5, _ options: TrainingOptions = ToyModel.options
  ) throws -> Trainer.UnlabelledResult {
    try Trainer.train(CountedPages(Toy.sites()), unlabelled: texts, weight: weight, options: options)
  }

  @Test func withoutPagesOrWeightNothingChanges() throws {
    let plain = try Trainer.train(Toy.sites(), options: ToyModel.options).bytes
    #expect(try train([]).result.bytes == plain)
    #expect(try train([[], Array("\n \n".utf8)]).result.bytes == plain)
    #expect(try train([]).steps == 0)
    // With no weight the pages' words are features of no count, if anything.
    let weightless = try LineClassifier(modelBytes: train([text], weight: 0).result.bytes)
    #expect(try weightless.model.vocabulary().totals == LineClassifier(modelBytes: plain).model.vocabulary().totals)
  }

  @Test func orderOfPagesChangesNothing() throws {
    let other = Array("Home\nSport\nPeople who live near the pier told us that they had seen nothing.\n".utf8)
    let third = Array("Sign up to our free newsletter\nTerms | Privacy\n".utf8)
    let bytes = try train([text, other, third]).result.bytes
    #expect(try train([third, text, other]).result.bytes == bytes)
  }

  @Test func endsWhenTheHeldOutLikelihoodFalls() throws {
    for weight in [0.05, 0.5, 1] {
      let trained = try train([text, text, text], weight: weight)
      let likelihoods = trained.likelihoods
      #expect(likelihoods.count >= 2 && likelihoods.count <= 4)
      #expect(likelihoods[trained.steps] == likelihoods.max())
      // Every step but the last rose.
      for step in 1..<likelihoods.count - 1 { #expect(likelihoods[step] > likelihoods[step - 1]) }
      let plain = try Trainer.train(Toy.sites(), options: ToyModel.options).bytes
      if trained.steps == 0 { #expect(trained.result.bytes == plain) }
    }
  }

  /// Posteriors of two lines of one page, one word each.
  @Test func expectedCountsByHand() throws {
    let corpus = IndexedCorpus(try Toy.pages("skip\tHome\nskip\tHome\n")).named()
    let page = try #require(corpus.pages.first)
    var expected = ExpectedCounts(labelCount: 2, featureCount: corpus.index.count)
    expected.add(page, of: corpus, posteriors: [[0.75, 0.25], [1, 0]])
    let home = try #require(corpus.index.names.firstIndex { $0.elementsEqual("home".utf8) })
    #expect(expected.byLabel[home * 2] == ExpectedCounts.one * 7 / 4)
    #expect(expected.byLabel[home * 2 + 1] == ExpectedCounts.one / 4)
    #expect(expected.pages == Array(repeating: 1, count: corpus.index.count))
    #expect(Array(expected.totals[..<2]) == [ExpectedCounts.one * 7 / 4, ExpectedCounts.one / 4])
    // A word, two bigrams and a pattern a line.
    #expect(expected.totals.reduce(0, +) == 2 * 4 * ExpectedCounts.one)

    var counts = FeatureCounts(labelCount: 2, featureCount: corpus.index.count)
    counts.add(expected, weight: 0.5)
    // Half of four times 1.75 and 0.25, to the nearest whole number.
    #expect(Array(counts.byLabel[home * 2..<home * 2 + 2]) == [4, 1])
    #expect(counts.pages[home] == 1)
    #expect(counts.rows == [0, 0])
  }

  @Test func guessesEnterTheCounts() throws {
    var options = ToyModel.options
    options.folds = 2
    let trained = try train([text, text], weight: 1, options)
    let vocabulary = try LineClassifier(modelBytes: trained.result.bytes).model.vocabulary()
    let isKnown = vocabulary.features.contains { $0.name == Array("moorings".utf8) && !$0.counts.isEmpty }
    #expect(isKnown == (trained.steps > 0))
    #expect(vocabulary.lines.reduce(0, +) == 50)
    #expect(trained.result.rows == 50)
  }
}
