import ChaffTraining
import Testing

struct CleanTradeOffTests {
  private let tradeOff = CleanTradeOff([
    (0.1, false, true, 3), (0.2, true, false, 10), (0.2, false, false, 4), (0.7, false, true, 2),
    (0.9, true, false, 30),
  ])

  @Test func countsWhatLiesBelow() {
    func at(_ threshold: Double) -> [Int] {
      let point = tradeOff.at(threshold)
      return [point.wordsLost, point.nagsRemoved, point.chaffRemoved]
    }
    #expect(at(0) == [0, 0, 0])
    // A line at the threshold itself is kept.
    #expect(at(0.1) == [0, 0, 0])
    #expect(at(0.15) == [0, 1, 1])
    #expect(at(0.2) == [0, 1, 1])
    #expect(at(0.5) == [10, 1, 2])
    #expect(at(0.95) == [40, 2, 3])
  }

  @Test func sharesAreOfAll() {
    let point = tradeOff.at(0.5)
    #expect(tradeOff.lost(point) == 0.25 && tradeOff.nagShare(point) == 0.5)
    #expect(tradeOff.chaffShare(point) == 2.0 / 3)
    let none = CleanTradeOff([])
    #expect(none.lost(none.at(0.5)) == nil && none.nagShare(none.at(0.5)) == nil)
  }

  @Test func thinnedCurvesRise() {
    var generator = SplitMix64(seed: 71)
    let many = CleanTradeOff(
      (0..<2000).map { _ in
        (
          Double.random(in: 0...1, using: &generator), Bool.random(using: &generator), false,
          Int.random(in: 1...20, using: &generator)
        )
      })
    let thin = many.thinned(to: 50)
    #expect(thin.count <= 50 && thin.count > 25)
    #expect(thin.allSatisfy { many.points.contains($0) })
    #expect(zip(thin, thin.dropFirst()).allSatisfy { $0.threshold < $1.threshold })
  }

  @Test func agreesWithTheFilterOfCleaning() throws {
    let pages = try Toy.sites()
    let classifier = try Toy.classifier(pages, ToyModel.options)
    let evaluation = Evaluation(pages, classifier: classifier)
    let tradeOff = try #require(evaluation.cleanTradeOff)
    for threshold in [0.01, 0.3, 0.5, 0.9, 0.999] {
      var lost = 0
      for page in pages {
        let text = page.rows.map { String(decoding: $0.text, as: UTF8.self) }.joined(separator: "\n")
        let kept = Set(try classifier.clean(text, threshold: threshold).split(separator: "\n").map(String.init))
        for row in page.rows where row.label?.category == "content" {
          let text = String(decoding: row.text, as: UTF8.self)
          if !kept.contains(text) { lost += text.split(separator: " ").count }
        }
      }
      #expect(tradeOff.at(threshold).wordsLost == lost)
    }
  }
}
