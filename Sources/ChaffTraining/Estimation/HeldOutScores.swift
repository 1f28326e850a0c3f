import Chaff

/// Each line's block scores from naive Bayes models that have not seen its page. All pages are whole ones.
struct HeldOutScores: Sendable {
  let labelCount: Int
  /// Vectors of sixteen labels.
  let groups: Int
  /// `lines × blocks × groups`, in nats.
  private(set) var scores: [SIMD16<Float>]
  /// Those of each fold, from the pages outside it.
  let scorers: [HeldOutScorer]
  /// By line: its length class, its form, and the category of its label, or 255 if it has none or there are as many.
  let lengthClasses: [UInt8]
  let forms: [UInt8]
  let categories: [UInt8]
  /// The chain of each fold, from the pages outside it.
  let chains: [Chain]

  /// - Parameters:
  ///   - corpus: the pages, with the features that the model keeps.
  ///   - total: the counts of these pages and of others, which are in no fold.
  ///   - chain: the same for the chain.
  init(
    corpus: IndexedCorpus, total: FeatureCounts, chain: ChainCounts, folds: Folds,
    options: TrainingOptions
  ) {
    labelCount = corpus.labels.count
    let groups = (corpus.labels.count + 15) / 16
    self.groups = groups
    lengthClasses = corpus.lines.map { UInt8($0.lengthClass) }
    forms = corpus.lines.map { UInt8($0.form) }
    let categoryOfLabel = corpus.labels.categoryOfLabel
    categories = corpus.lines.map { $0.label < 0 ? 255 : UInt8(min(255, categoryOfLabel[$0.label])) }
    let pages = (0..<folds.count).map { fold in corpus.pages.indices.filter { folds.fold(ofPage: $0) == fold } }
    var counts = Parallel.map(folds.count) { fold in
      var counts = total
      counts.add(corpus, pages: pages[fold], sign: -1)
      return counts
    }
    chains = Parallel.map(folds.count) { Self.chain(chain, corpus, without: pages[$0], options) }
    scorers = (0..<folds.count).map { fold in
      let scorer = HeldOutScorer(corpus, counts[fold], options)
      counts[fold] = FeatureCounts(labelCount: 0, featureCount: 0)
      return scorer
    }
    let size = corpus.lines.count * FeatureBlock.count * groups
    let gains = [Float](repeating: 1, count: corpus.index.count)
    scores = Array(count: size) { [scorers] in Self.score(corpus, folds, scorers, gains, to: $0) }
  }

  /// Scores all lines anew, with the rows of features multiplied by their gains.
  mutating func score(_ corpus: IndexedCorpus, _ folds: Folds, gains: [Float]) {
    scores.withUnsafeMutableBufferPointer { [scorers] in
      if let scores = $0.baseAddress { Self.score(corpus, folds, scorers, gains, to: scores) }
    }
  }

  private static func score(
    _ corpus: IndexedCorpus, _ folds: Folds, _ scorers: [HeldOutScorer], _ gains: [Float],
    to scores: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    // Safe: each page is in one part, which writes the scores of the page's lines.
    nonisolated(unsafe) let scores = scores
    // Fold by fold, so that the rows of one are in the cache.
    for fold in 0..<folds.count {
      let pages = corpus.pages.indices.filter { folds.fold(ofPage: $0) == fold }
      _ = Parallel.inOrder(pages.indices) { part in
        for page in pages[part] { scorers[fold].score(corpus.pages[page].lines, gains: gains, to: scores) }
      }
    }
  }

  private static func chain(
    _ total: ChainCounts, _ corpus: IndexedCorpus, without pages: [Int], _ options: TrainingOptions
  ) -> Chain {
    var inside = ChainCounts(phases: total.phases)
    for page in pages.map({ corpus.pages[$0] }) {
      inside.add(corpus.states(of: page), times: page.copies)
    }
    return Chain(
      counts: total.without(inside), smoothing: options.chainSmoothing[0], formSmoothing: options.chainSmoothing[1])
  }
}

extension ChainCounts {
  /// What is left when pages that were counted are taken out.
  fileprivate func without(_ other: ChainCounts) -> ChainCounts {
    func difference(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] { zip(left, right).map { $0 - $1 } }
    var rest = self
    rest.first = difference(first, other.first)
    rest.last = difference(last, other.last)
    rest.lines = difference(lines, other.lines)
    rest.pairs = difference(pairs, other.pairs)
    return rest
  }
}
