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
    var wordsBelow = [Int](repeating: 0, count: 1001)
    var total = 0
    var decoder = HeldOutDecoder(corpus, held, folds, pool)
    let members = corpus.labels.categoryOfLabel.map { $0 == category }
    for (number, page) in corpus.pages.enumerated() where !page.isPart && isExtractLike(page, members, corpus) {
      decoder.decode(page: number)
      var posteriors = decoder.posteriors
      temperature.apply(to: &posteriors, groups: held.groups)
      posteriors.withUnsafeBufferPointer { posteriors in
        guard let base = posteriors.baseAddress else { return }
        for (offset, line) in page.lines.enumerated() {
          let line = corpus.lines[line]
          guard line.label >= 0, members[line.label] else { continue }
          let probability = Decision.probability(of: members, base + offset * held.groups)
          wordsBelow[min(1000, Int(probability * 1000))] += line.words
          total += line.words
        }
      }
    }
    guard total > 0 else { return 0.5 }
    var lost = 0
    for step in 0..<1000 {
      lost += wordsBelow[step]
      if Double(lost) > loss * Double(total) { return Double(step) / 1000 }
    }
    return 0.999
  }

  /// Whether four lines in five are of the kept category, as on pages that an extractor returns.
  private static func isExtractLike(_ page: IndexedCorpus.Page, _ members: [Bool], _ corpus: IndexedCorpus) -> Bool {
    let labels = corpus.lines[page.lines].map(\.label).filter { $0 >= 0 }
    return labels.filter { members[$0] }.count * 5 >= labels.count * 4
  }
}
