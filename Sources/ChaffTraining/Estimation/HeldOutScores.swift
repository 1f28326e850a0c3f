import Chaff

/// Each line's block scores from naive Bayes models that have not seen its page. All pages are whole ones.
struct HeldOutScores: Sendable {
  let labelCount: Int
  /// Vectors of sixteen labels.
  let groups: Int
  /// `lines × blocks × groups`, in nats.
  private(set) var scores: [SIMD16<Float>]
  /// By line: its length class, its form, and the category of its label, or 255 if it has none or there are as many.
  let lengthClasses: [UInt8]
  let forms: [UInt8]
  let categories: [UInt8]
  /// The chain of each fold, from the pages outside it.
  private(set) var chains: [Chain]

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
    var chains: [Chain] = []
    let size = corpus.lines.count * FeatureBlock.count * groups
    scores = Array(unsafeUninitializedCapacity: size) { scores, count in
      // Safe: each fold writes the scores of its own pages' lines, and each page is in a fold.
      nonisolated(unsafe) let scores = scores
      chains = Parallel.map(folds.count) { fold in
        let inside = corpus.pages.indices.filter { folds.fold(ofPage: $0) == fold }
        var counts = total
        counts.add(corpus, pages: inside, sign: -1)
        Self.score(corpus, inside, counts, options, groups, to: scores)
        return Self.chain(chain, corpus, without: inside, options)
      }
      count = size
    }
    self.chains = chains
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

  private static func score(
    _ corpus: IndexedCorpus, _ pages: [Int], _ counts: FeatureCounts, _ options: TrainingOptions, _ groups: Int,
    to scores: UnsafeMutableBufferPointer<SIMD16<Float>>
  ) {
    let labelCount = counts.labelCount
    let likelihoods = LogLikelihoods(counts: counts, smoothing: options.smoothing)
    var rows = RowCache(featureCount: corpus.index.count, labelCount: labelCount, groups: groups)
    var shapeRows = RowCache(featureCount: ShapeFeatures.count, labelCount: labelCount, groups: groups)
    let size = FeatureBlock.count * groups
    for page in pages {
      for number in corpus.pages[page].lines {
        let line = corpus.lines[number]
        let sums = UnsafeMutableBufferPointer(rebasing: scores[number * size..<(number + 1) * size])
        sums.initialize(repeating: SIMD16(repeating: 0))
        corpus.features.withUnsafeBufferPointer { features in
          for feature in features[line.features] {
            let feature = Int(feature)
            let block = corpus.index.blocks[feature]
            guard counts.pages[feature] >= options.minimumPages[block.rawValue] else { continue }
            rows.fill(feature) { row in
              likelihoods.row(
                counts.hashed[feature * labelCount..<(feature + 1) * labelCount], block,
                trust: options.trust(onPages: counts.pages[feature]), into: &row)
            }
            rows.add(feature, to: sums, at: block.rawValue * groups)
          }
        }
        corpus.shapes.withUnsafeBufferPointer { shapes in
          for shape in shapes[line.shapes] {
            let shape = Int(shape)
            shapeRows.fill(shape) { row in
              likelihoods.row(counts.shapes[shape * labelCount..<(shape + 1) * labelCount], .shape, into: &row)
            }
            shapeRows.add(shape, to: sums, at: FeatureBlock.shape.rawValue * groups)
          }
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
