import Chaff

/// Finds how sure a model may be.
enum TemperatureFit {
  /// The temperature at which the mean log posterior of the gold categories on held-out whole pages is largest; of equals,
  /// the nearest to none.
  /// - Complexity: O(lines × labels²).
  static func fit(corpus: IndexedCorpus, held: HeldOutScores, folds: Folds, pool: PoolWeights) -> Temperature {
    let candidates = Temperature.powers.reversed().map { Temperature(eighths: $0) }
    var sums = [Double](repeating: 0, count: candidates.count)
    var decoder = HeldOutDecoder(corpus, held, folds, pool)
    for (number, page) in corpus.pages.enumerated() where !page.isPart {
      decoder.decode(page: number)
      for (index, temperature) in candidates.enumerated() {
        var posteriors = decoder.posteriors
        temperature.apply(to: &posteriors, groups: held.groups)
        sums[index] += logPosterior(page, posteriors, corpus, held.groups)
      }
    }
    // The first of equals: `max` would take the last.
    return candidates[sums.indices.reduce(0) { sums[$1] > sums[$0] ? $1 : $0 }]
  }

  /// The sum over a page's labelled lines, in nats.
  private static func logPosterior(
    _ page: IndexedCorpus.Page, _ posteriors: [SIMD16<Float>], _ corpus: IndexedCorpus, _ groups: Int
  ) -> Double {
    let categories = corpus.labels.categoryOfLabel
    var sum = 0.0
    for (offset, line) in page.lines.enumerated() where corpus.lines[line].label >= 0 {
      let gold = categories[corpus.lines[line].label]
      var category: Float = 0
      for label in categories.indices where categories[label] == gold {
        category += posteriors[offset * groups + label / 16][label % 16]
      }
      sum += Reproducible.log(max(1e-9, Double(category)))
    }
    return sum
  }
}
