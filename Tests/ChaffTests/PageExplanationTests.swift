@testable import Chaff
import ChaffTraining
import Testing

struct PageExplanationTests {
  private let words = [
    "home", "Sport", "weather", "the", "river", "bridge", "was", "closed", "on", "Monday", "2024", "©", "Sign", "up",
    "free", "|", "unknown", "42", ".", "museum", "zebra",
  ]

  private func page(_ lines: Int, _ longest: Int, using generator: inout SplitMix64) -> [String] {
    (0..<lines).map { _ in
      let count = Int.random(in: 0...longest, using: &generator)
      return (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &generator)] }.joined(separator: " ")
    }
  }

  private func explanation(_ lines: [String], _ model: Model, linesAlone: Bool = false) -> PageExplanation {
    PageExplanation(lines.map { Array($0.utf8) }, model: model, names: FeatureNames(model), linesAlone: linesAlone)
  }

  /// Log-odds of what the score is about, from the classifier's own posteriors.
  private func odds(_ posteriors: [Double], _ label: Int, _ rival: Int, _ labels: LabelSet) -> (Double, Double) {
    guard labels.categoryOfLabel[label] != labels.categoryOfLabel[rival] else {
      return (posteriors[label], posteriors[rival])
    }
    func sum(_ label: Int) -> Double {
      posteriors.indices.filter { labels.categoryOfLabel[$0] == labels.categoryOfLabel[label] }
        .reduce(0) { $0 + posteriors[$1] }
    }
    return (sum(label), sum(rival))
  }

  @Test(arguments: [false, true])
  func `Parts sum to the log-odds of the posteriors, and those are the classifier's`(_ linesAlone: Bool) throws {
    var generator = SplitMix64(seed: 900)
    for bytes in [try TestModel.trained.get(), try TestModel.wide.get(), try TestModel.tiny.get()] {
      let model = try TestModel.open(bytes)
      let count = model.labels.count
      for size in [1, 2, 7, 30] {
        let lines = page(size, 30, using: &generator)
        let page = explanation(lines, model, linesAlone: linesAlone)
        let judged = LineClassifier(model: model).classify(lines: lines, linesAlone: linesAlone)
        for row in lines.indices {
          let posteriors = page.posteriors(row: row)
          #expect((posteriors == nil) == (judged[row].prediction == nil))
          guard let posteriors, let prediction = judged[row].prediction else { continue }
          #expect(distance([posteriors], [prediction.posteriors]) <= 2e-4)
          for label in 0..<count {
            let rival = (label + 1 + row) % count
            guard rival != label else { continue }
            let found = try #require(page.explanation(row: row, label: label, against: rival))
            let (own, other) = odds(posteriors, label, rival, model.labels)
            guard own > 1e-200 && other > 1e-200 else { continue }
            #expect(abs(found.score - (Reproducible.log(own) - Reproducible.log(other))) <= 1e-9)
            #expect(abs(found.probability - own) <= 1e-12 && abs(found.runnerUpProbability - other) <= 1e-12)
          }
        }
      }
    }
  }

  @Test func `Evidence beyond the limit is a part of its own`() throws {
    let model = try TestModel.model()
    // The same words for one label, over and over with others between: far more than 80 nats against some label.
    let line = (0..<400).map { "the river \($0 % 7) was closed on Monday bridge museum w\($0)" }.joined(separator: ". ")
    let page = explanation([line], model)
    for label in 0..<model.labels.count {
      for rival in 0..<model.labels.count where rival != label {
        let found = try #require(page.explanation(row: 0, label: label, against: rival))
        let posteriors = try #require(page.posteriors(row: 0))
        let (own, other) = odds(posteriors, label, rival, model.labels)
        #expect(abs(found.score - (Reproducible.log(own) - Reproducible.log(other))) <= 1e-9)
      }
    }
  }

  @Test func `The decided label is the classifier's and the runner-up of another category`() throws {
    var generator = SplitMix64(seed: 901)
    let model = try TestModel.model()
    let lines = page(40, 12, using: &generator)
    let page = explanation(lines, model)
    for (row, judged) in LineClassifier(model: model).classify(lines: lines).enumerated() {
      guard let prediction = judged.prediction else {
        #expect(page.decided(row: row) == nil)
        continue
      }
      let decided = try #require(page.decided(row: row))
      #expect(model.labels.labels[decided.label] == prediction.label)
      #expect(model.labels.labels[decided.runnerUp].category != prediction.category)
      let found = try #require(page.explanation(row: row, label: decided.label, against: decided.runnerUp))
      #expect(found.score >= 0)
    }
  }

  @Test func `Features are named, and each counts once`() throws {
    let model = try TestModel.model()
    let page = explanation(["The river and the river"], model)
    let found = try #require(page.explanation(row: 0, label: 0, against: 1))
    let names = found.parts.compactMap { part -> String? in
      guard case .feature(let block, let name) = part.source, block == "words" else { return nil }
      return name
    }
    #expect(names == ["the", "river", "and"])
    #expect(found.parts.contains { $0.source == .feature(block: "bigrams", name: "^ the") })
    #expect(found.parts.contains { $0.source == .feature(block: "patterns", name: "<s> ^the *a") })
  }

  @Test func `A row is not explained against itself, nor a blank one`() throws {
    let page = explanation(["Home", " "], try TestModel.model())
    #expect(page.explanation(row: 0, label: 1, against: 1) == nil)
    #expect(page.explanation(row: 1, label: 1, against: 0) == nil)
  }
}
