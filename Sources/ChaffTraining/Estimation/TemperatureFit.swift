import Chaff

/// Finds how sure a model may be.
enum TemperatureFit {
  /// The temperature at which the mean log posterior of the gold categories on held-out whole pages is largest; of equals,
  /// the nearest to none.
  /// - Complexity: O(lines × labels²).
  static func fit(corpus: IndexedCorpus, held: HeldOutScores, folds: Folds, pool: PoolWeights) -> Temperature {
    // As many as a vector has lanes.
    let candidates = Temperature.powers.reversed().map { Temperature(eighths: $0) }
    // Some pages at a time, and these in order: the same sums for any number of threads.
    var decoders = HeldOutDecoder.each(corpus, held, folds, pool)
    let sums = Parallel.inOrder(corpus.pages.indices, &decoders) { decoder, pages in
      self.sums(pages, candidates, &decoder, corpus, held.groups)
    }.reduce(SIMD8<Double>(repeating: 0), +)
    // The first of equals: `max` would take the last.
    return candidates[sums.indices.reduce(0) { sums[$1] > sums[$0] ? $1 : $0 }]
  }

  /// For each candidate, the sum of the log posteriors of pages' lines.
  private static func sums(
    _ pages: Range<Int>, _ candidates: [Temperature], _ decoder: inout HeldOutDecoder, _ corpus: IndexedCorpus,
    _ groups: Int
  ) -> SIMD8<Double> {
    var sums = SIMD8<Double>(repeating: 0)
    var categories: [SIMD8<Double>] = []
    for number in pages {
      let page = corpus.pages[number]
      decoder.decode(page: number)
      categories.removeAll(keepingCapacity: true)
      categories.append(contentsOf: repeatElement(SIMD8(repeating: 1), count: page.lines.count))
      for (index, temperature) in candidates.enumerated() {
        var posteriors = decoder.posteriors
        temperature.apply(to: &posteriors, groups: groups)
        read(posteriors, page, corpus, groups, lane: index, of: &categories)
      }
      for category in categories { sums += Reproducible.log(category) }
    }
    return sums
  }

  /// Writes the posterior of the gold category of each of a page's labelled lines to a lane of the line's vector.
  private static func read(
    _ posteriors: [SIMD16<Float>], _ page: IndexedCorpus.Page, _ corpus: IndexedCorpus, _ groups: Int, lane: Int,
    of result: inout [SIMD8<Double>]
  ) {
    let categories = corpus.labels.categoryOfLabel
    posteriors.withLanes { posteriors in
      corpus.labels.withCategoryEnds { ends in
        for (offset, line) in page.lines.enumerated() where corpus.lines[line].label >= 0 {
          let gold = categories[corpus.lines[line].label]
          var category: Float = 0
          for label in (gold > 0 ? ends[gold - 1] : 0)..<ends[gold] {
            category += posteriors[offset * groups * 16 + label]
          }
          result[offset][lane] = max(1e-9, Double(category))
        }
      }
    }
  }
}
