import ChaffTraining
import Testing

struct EvaluationFiguresTests {
  private func figures(_ pages: [LabelledPage], seed: UInt64 = 1) throws -> EvaluationFigures {
    EvaluationFigures(Evaluation(pages, classifier: try Toy.classifier(Toy.sites(), ToyModel.options)), seed: seed)
  }

  @Test func everyDefinedFigureHasAnInterval() throws {
    let figures = try figures(Toy.sites())
    var all = [figures.categories.accuracy, figures.categories.macroF1, figures.kinds.macroPrecision]
    all += figures.averagePrecision + figures.calibration.brierScores + figures.calibration.expectedErrors
    all += [figures.calibration.logLoss, figures.calibration.brierScore, figures.calibration.expectedError]
    all += figures.categories.rows.flatMap { [$0.precision, $0.recall, $0.f1] }
    all += figures.cleaning.flatMap { [$0.wordsLost, $0.nagsRemoved, $0.chaffRemoved] }
    for figure in all {
      #expect((figure.value == nil) == (figure.interval == nil))
      if let value = figure.value, let interval = figure.interval {
        #expect(interval.low <= value + 1e-9 && value <= interval.high + 1e-9)
      }
    }
    #expect(all.contains { $0.value != nil })
  }

  @Test func figuresOfProbabilitiesAreTheirDefinitions() throws {
    let figures = try figures(Toy.sites())
    let evaluation = figures.evaluation
    let count = Double(evaluation.lines.count)
    for category in evaluation.labels.categories.indices {
      let brier = evaluation.lines.indices.reduce(0.0) { sum, line in
        let error =
          evaluation.probability(line: line, category: category) - (evaluation.goldCategory(line) == category ? 1 : 0)
        return sum + error * error
      }
      #expect(abs((figures.calibration.brierScores[category].value ?? -1) - brier / count) <= 1e-12)
      #expect(figures.calibration.categories[category] == evaluation.calibration(category: category))
    }
    let loss = evaluation.lines.indices.reduce(0.0) { $0 + evaluation.logLoss(line: $1) }
    #expect(abs((figures.calibration.logLoss.value ?? -1) - loss / count) <= 1e-12)
    // The sum over lines of what all categories are given is the number of lines.
    let given = evaluation.lines.indices.reduce(0.0) { sum, line in
      evaluation.labels.categories.indices.reduce(sum) { $0 + evaluation.probability(line: line, category: $1) }
    }
    #expect(abs(given - count) <= 1e-4)
  }

  @Test func theSeedDecidesTheDraws() throws {
    func draws(_ seed: UInt64) -> [[Double]] {
      Bootstrap.values(units: 9, count: 1, seed: seed) { [Double($0[0])] }
    }
    #expect(draws(1) == draws(1) && draws(1) != draws(2))
    // Each unit is drawn once on average, and as many are drawn as there are.
    #expect(abs(draws(3)[0].reduce(0, +) / Double(Bootstrap.resamples) - 1) < 0.2)
    #expect(Bootstrap.values(units: 9, count: 1) { [Double($0.reduce(0, +))] }[0].allSatisfy { $0 == 9 })
    #expect(try figures(Toy.sites(), seed: 9).seed == 9)
  }

  @Test func pagesOfASiteAreOneUnit() throws {
    var pages = try Toy.sites()
    #expect(try figures(pages).units == 5)
    for index in pages.indices { pages[index].name = "site one" }
    #expect(try figures(pages).units == 1)
  }
}
