import Chaff
import Testing

@testable import ChaffTraining

struct TemperatureFitTests {
  private let corpus: IndexedCorpus
  private let held: HeldOutScores
  private let folds = Folds(count: 5)

  init() throws {
    let pages = HeldOutPages(try Toy.sites(), folds: folds.count)
    (corpus, held) = (pages.corpus, pages.held)
  }

  /// The mean log posterior of the gold categories, anew and slowly.
  private func logPosterior(_ pool: PoolWeights, _ temperature: Temperature) -> Double {
    let categories = corpus.labels.categoryOfLabel
    var sum = 0.0
    for (number, page) in corpus.pages.enumerated() {
      var decoder = HeldOutDecoder(corpus, held, folds, pool)
      decoder.decode(page: number)
      for (posterior, line) in zip(decoder.posteriors, page.lines) {
        let raised = categories.indices.map { label in
          Reproducible.exp(Reproducible.log(max(1e-30, Double(posterior[label]))) * temperature.power)
        }
        let gold = categories[corpus.lines[line].label]
        let own = categories.indices.filter { categories[$0] == gold }.reduce(0) { $0 + raised[$1] }
        sum += Reproducible.log(max(1e-9, own / raised.reduce(0, +)))
      }
    }
    return sum
  }

  /// Weights that are too large make a model too sure, and want a higher temperature than small ones.
  @Test func isTheBestOfAll() {
    var chosen: [Int] = []
    for factor in [0.2, 1, 5, 25] {
      var pool = PoolWeights(labelCount: corpus.labels.count)
      pool.weights = pool.weights.map { $0 * factor }
      // A label is held for likelier than it is, so that errors come with the weights.
      pool.bias[2] = 6 * factor
      let fitted = TemperatureFit.fit(corpus: corpus, held: held, folds: folds, pool: pool)
      let best = Temperature.powers.map { logPosterior(pool, Temperature(eighths: $0)) }.max() ?? 0
      #expect(abs(logPosterior(pool, fitted) - best) < 1e-3)
      chosen.append(fitted.eighths)
    }
    #expect(chosen == chosen.sorted(by: >) && Set(chosen).count > 1, "\(chosen)")
  }

  @Test func trainedModelsHaveIt() throws {
    let with = try Toy.classifier(try Toy.sites()).model.parameters.temperature
    var options = ToyModel.options
    options.usesTemperature = false
    #expect(try Toy.classifier(try Toy.sites(), options).model.parameters.temperature == .none)
    #expect(Temperature.powers.contains(with.eighths))
  }
}
