import Chaff

/// Each line's block scores from naive Bayes models that have not seen its page.
struct HeldOutScores: Sendable {
  let labelCount: Int
  /// Vectors of sixteen labels.
  let groups: Int
  /// `lines × blocks × groups`, in nats; zero for lines of parts.
  private(set) var scores: [SIMD16<Float>]
  /// The chain of each fold, from the pages outside it.
  private(set) var chains: [Chain]

  /// - Parameter features: those that the model will keep: weights that were fitted with more would trust the rest too
  ///   little.
  init(
    corpus: IndexedCorpus, total: FeatureCounts, keeping features: [Int], folds: Folds, options: TrainingOptions
  ) {
    labelCount = corpus.labels.count
    let groups = (corpus.labels.count + 15) / 16
    self.groups = groups
    var isKept = [Bool](repeating: false, count: corpus.index.count)
    for feature in features { isKept[feature] = true }
    scores = Array(repeating: SIMD16(repeating: 0), count: corpus.lines.count * FeatureBlock.count * groups)
    let phases = PagePhases(of: corpus, options)
    chains = scores.withUnsafeMutableBufferPointer { scores in
      // Safe: each fold writes the scores of its own pages' lines.
      nonisolated(unsafe) let scores = scores
      return Parallel.map(folds.count) { fold in
        let inside = corpus.pages.indices.filter { folds.fold(ofPage: $0) == fold }
        var counts = total
        counts.add(corpus, pages: inside, sign: -1)
        Self.score(corpus, inside, counts, isKept, options, groups, to: scores)
        return Self.chain(corpus, phases, without: fold, folds, options)
      }
    }
  }

  private static func chain(
    _ corpus: IndexedCorpus, _ phases: PagePhases, without fold: Int, _ folds: Folds, _ options: TrainingOptions
  ) -> Chain {
    var counts = ChainCounts(phases: phases)
    for page in corpus.pages.indices where folds.fold(ofPage: page) != fold && !corpus.pages[page].isPart {
      counts.add(corpus.states(of: corpus.pages[page]), times: corpus.pages[page].copies)
    }
    return Chain(counts: counts, smoothing: options.chainSmoothing[0], formSmoothing: options.chainSmoothing[1])
  }

  private static func score(
    _ corpus: IndexedCorpus, _ pages: [Int], _ counts: FeatureCounts, _ isKept: [Bool], _ options: TrainingOptions,
    _ groups: Int, to scores: UnsafeMutableBufferPointer<SIMD16<Float>>
  ) {
    let labelCount = counts.labelCount
    let likelihoods = LogLikelihoods(counts: counts, smoothing: options.smoothing)
    var rows = RowCache(featureCount: corpus.index.count, labelCount: labelCount, groups: groups)
    var shapeRows = RowCache(featureCount: ShapeFeatures.count, labelCount: labelCount, groups: groups)
    for page in pages where !corpus.pages[page].isPart {
      for line in corpus.pages[page].lines {
        let base = line * FeatureBlock.count * groups
        for feature in corpus.features[corpus.lines[line].features] {
          let feature = Int(feature)
          let block = corpus.index.blocks[feature]
          guard isKept[feature], counts.pages[feature] >= options.minimumPages[block.rawValue] else { continue }
          rows.fill(feature) { row in
            likelihoods.row(counts.hashed[feature * labelCount..<(feature + 1) * labelCount], block, into: &row)
          }
          rows.add(feature, to: scores, at: base + block.rawValue * groups)
        }
        for shape in corpus.shapes[corpus.lines[line].shapes] {
          let shape = Int(shape)
          shapeRows.fill(shape) { row in
            likelihoods.row(counts.shapes[shape * labelCount..<(shape + 1) * labelCount], .shape, into: &row)
          }
          shapeRows.add(shape, to: scores, at: base + FeatureBlock.shape.rawValue * groups)
        }
      }
    }
  }
}

/// Rows that are computed when they are first wanted.
private struct RowCache {
  private let labelCount: Int
  private let groups: Int
  private var isFilled: [Bool]
  private var rows: [SIMD16<Float>]
  private var scratch: [Double]

  init(featureCount: Int, labelCount: Int, groups: Int) {
    self.labelCount = labelCount
    self.groups = groups
    isFilled = Array(repeating: false, count: featureCount)
    rows = Array(repeating: SIMD16(repeating: 0), count: featureCount * groups)
    scratch = Array(repeating: 0, count: labelCount)
  }

  mutating func fill(_ feature: Int, _ make: (inout [Double]) -> Void) {
    guard !isFilled[feature] else { return }
    isFilled[feature] = true
    make(&scratch)
    for label in 0..<labelCount { rows[feature * groups + label / 16][label % 16] = Float(scratch[label]) }
  }

  func add(_ feature: Int, to scores: UnsafeMutableBufferPointer<SIMD16<Float>>, at base: Int) {
    for group in 0..<groups { scores[base + group] += rows[feature * groups + group] }
  }
}
