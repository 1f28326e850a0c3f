import Chaff

/// Finds the probability from which cleaning keeps a line.
enum CleanThreshold {
  /// The largest threshold, in steps of a thousandth, at which no more than `loss` of the words of lines of the kept
  /// category fall below it on held-out pages.
  ///
  /// Only pages like those that an extractor returns are asked, since those are what people clean; where there is none,
  /// the threshold is 0.5.
  ///
  /// Losing article text is dearer than leaving a nag, so the loss is bounded and the nags follow.
  static func fit(
    corpus: IndexedCorpus, held: HeldOutScores, folds: Folds, pool: PoolWeights, temperature: Temperature,
    category: Int, loss: Double
  ) -> Double {
    let asked = corpus.pages.indices.filter { isExtractLike(corpus.pages[$0], category, corpus) }
    var wordsBelow = [Int](repeating: 0, count: 1001)
    var decoders = HeldOutDecoder.each(corpus, held, folds, pool)
    let parts = Parallel.inOrder(asked.indices, &decoders) { decoder, pages in
      words(asked[pages], &decoder, corpus, held, temperature, category)
    }
    for part in parts {
      for step in part.indices { wordsBelow[step] += part[step] }
    }
    let total = wordsBelow.reduce(0, +)
    guard total > 0 else { return 0.5 }
    var lost = 0
    for step in 0..<1000 {
      lost += wordsBelow[step]
      if Double(lost) > loss * Double(total) { return Double(step) / 1000 }
    }
    return 0.999
  }

  /// How many words of the category's lines have a probability of so many thousandths.
  private static func words(
    _ pages: ArraySlice<Int>, _ decoder: inout HeldOutDecoder, _ corpus: IndexedCorpus, _ held: HeldOutScores,
    _ temperature: Temperature, _ category: Int
  ) -> [Int] {
    var words = [Int](repeating: 0, count: 1001)
    let members = corpus.labels.categoryOfLabel.map { $0 == category }
    for number in pages {
      decoder.decode(page: number)
      var posteriors = decoder.posteriors
      temperature.apply(to: &posteriors, groups: held.groups)
      posteriors.withUnsafeBufferPointer { posteriors in
        guard let base = posteriors.baseAddress else { return }
        for (offset, line) in corpus.pages[number].lines.enumerated() {
          let line = corpus.lines[line]
          guard line.label >= 0, members[line.label] else { continue }
          let probability = Decision.probability(of: members, base + offset * held.groups)
          words[min(1000, Int(probability * 1000))] += line.words
        }
      }
    }
    return words
  }

  /// Whether four lines in five are of the kept category, as on pages that an extractor returns.
  private static func isExtractLike(_ page: IndexedCorpus.Page, _ category: Int, _ corpus: IndexedCorpus) -> Bool {
    var (count, kept) = (0, 0)
    for line in corpus.lines[page.lines] where line.label >= 0 {
      count += 1
      if corpus.labels.categoryOfLabel[line.label] == category { kept += 1 }
    }
    return kept * 5 >= count * 4
  }
}
