import ChaffTraining
import Testing

struct BootstrapTests {
  /// One matrix a page, of so many right and wrong lines of one class.
  private func pages(_ counts: [(right: Int, wrong: Int)]) -> [ConfusionMatrix] {
    counts.map { count in
      var matrix = ConfusionMatrix(classes: ["a", "b"])
      for _ in 0..<count.right { matrix.add(gold: 0, predicted: 0) }
      for _ in 0..<count.wrong { matrix.add(gold: 0, predicted: 1) }
      return matrix
    }
  }

  @Test func drawsAreAPercentileBootstrapOverPages() throws {
    let counts = [(right: 9, wrong: 1), (right: 2, wrong: 8), (right: 5, wrong: 5), (right: 30, wrong: 0)]
    // Written anew over plain numbers, with the ends read off by rank: 0.025 × 499 = 12.475, 0.975 × 499 = 486.525.
    var generator = SplitMix64(seed: Bootstrap.seed)
    var values: [Double] = []
    for _ in 0..<500 {
      let drawn = (0..<4).map { _ in counts[Int.random(in: 0..<4, using: &generator)] }
      let right = drawn.reduce(0) { $0 + $1.right }
      values.append(Double(right) / Double(drawn.reduce(right) { $0 + $1.wrong }))
    }
    values.sort()
    let low = values[12] * 0.525 + values[13] * 0.475
    let high = values[486] * 0.475 + values[487] * 0.525
    let interval = try #require(Bootstrap.interval(pages(counts), \.accuracy))
    #expect(abs(interval.low - low) < 1e-12)
    #expect(abs(interval.high - high) < 1e-12)
    #expect(interval.low < 46.0 / 60 && interval.high > 46.0 / 60)
  }

  @Test func onePageDoesNotVary() throws {
    let interval = try #require(Bootstrap.interval(pages([(right: 3, wrong: 1)]), \.accuracy))
    #expect(interval.low == 0.75 && interval.high == 0.75)
  }

  @Test func undefinedFigures() {
    #expect(Bootstrap.interval([], \.accuracy) == nil)
    #expect(Bootstrap.interval(pages([(right: 1, wrong: 0)])) { $0.recall(1) } == nil)
    #expect(Bootstrap.intervals([], count: 3) { _ in [1, 1, 1] } == [nil, nil, nil])
  }

  @Test func undefinedDrawsAreLeftOut() throws {
    // Draws of the empty page alone have no accuracy; all others have 1.
    let interval = try #require(Bootstrap.interval(pages([(right: 0, wrong: 0), (right: 2, wrong: 0)]), \.accuracy))
    #expect(interval.low == 1 && interval.high == 1)
  }

  @Test func severalFiguresShareTheDraws() {
    let pages = pages([(right: 9, wrong: 1), (right: 2, wrong: 8), (right: 5, wrong: 5)])
    let together = Bootstrap.intervals(pages, count: 3) { [$0.accuracy, nil, $0.recall(0)] }
    #expect(together[0] != nil)
    #expect(together == [Bootstrap.interval(pages, \.accuracy), nil, together[0]])
  }

  /// The reference numbers of Vigna's `splitmix64.c`.
  @Test func splitMix64() {
    var generator = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in generator.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }
}
