import Chaff

/// Decodes held-out pages: the lines of each by scores and a chain that have not seen it.
struct HeldOutDecoder {
  private let corpus: IndexedCorpus
  private let held: HeldOutScores
  private let folds: Folds
  private var pool: PoolWeights.Vectors
  /// One a fold.
  private var decoders: [ForwardBackward]
  private var evidence: LineEvidence
  /// The posteriors of the page that was decoded last: a row of vectors for each of its lines.
  private(set) var posteriors: [SIMD16<Float>] = []

  init(_ corpus: IndexedCorpus, _ held: HeldOutScores, _ folds: Folds, _ pool: PoolWeights) {
    self.corpus = corpus
    self.held = held
    self.folds = folds
    self.pool = pool.vectors(groups: held.groups)
    decoders = held.chains.map { ForwardBackward(chain: $0) }
    evidence = LineEvidence(groups: held.groups)
  }

  /// As many as there are processors.
  static func each(
    _ corpus: IndexedCorpus, _ held: HeldOutScores, _ folds: Folds, _ pool: PoolWeights
  ) -> [HeldOutDecoder] {
    Array(repeating: HeldOutDecoder(corpus, held, folds, pool), count: Parallel.processorCount)
  }

  /// Goes on with other weights.
  mutating func use(_ pool: PoolWeights.Vectors) { self.pool = pool }

  /// Decodes a whole page into ``posteriors``.
  /// - Complexity: O(lines × labels²).
  mutating func decode(page number: Int) {
    let lines = corpus.pages[number].lines
    evidence.removeAll()
    posteriors.removeAll(keepingCapacity: true)
    pool.append(lines, of: held, to: &evidence)
    let fold = folds.fold(ofPage: number)
    decoders[fold].reset()
    decoders[fold].decode(evidence, decided: lines.count, isEnd: true, posteriors: &posteriors)
  }
}
