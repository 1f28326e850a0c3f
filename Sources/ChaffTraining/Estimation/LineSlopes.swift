import Chaff

/// How each held-out line wants the labels' log-likelihoods to change: the part of the gradient that is costly.
///
/// By label, the posterior given the gold category less the posterior (see ``PoolFitter``). Pages are decoded on several
/// threads; what comes of a line is its own, so the result is the same for any number.
struct LineSlopes {
  private let corpus: IndexedCorpus
  private let held: HeldOutScores
  private let folds: Folds
  /// Whole pages, in parts.
  private let parts: [[Int]]
  /// `lines × groups`; of lines that have no label, or are of parts of pages, nothing.
  private var slopes: [SIMD16<Float>]
  /// Labelled lines of whole pages.
  private let lines: [Int]

  init(corpus: IndexedCorpus, held: HeldOutScores, folds: Folds) {
    self.corpus = corpus
    self.held = held
    self.folds = folds
    let pages = corpus.pages.indices.filter { !corpus.pages[$0].isPart }
    parts = Parallel.parts(of: pages.indices).map { Array(pages[$0]) }
    lines = pages.flatMap { page in corpus.pages[page].lines.filter { corpus.lines[$0].label >= 0 } }
    slopes = Array(repeating: SIMD16(repeating: 0), count: corpus.lines.count * held.groups)
  }

  /// How many lines have slopes.
  var lineCount: Int { lines.count }

  // MARK: Lines

  /// Decodes all pages with the weights.
  mutating func read(at pool: PoolWeights) {
    let (corpus, held, folds, parts) = (corpus, held, folds, parts)
    slopes.withUnsafeMutableBufferPointer { slopes in
      guard let slopes = slopes.baseAddress else { return }
      // Safe: each line is of one page, and each page of one part.
      nonisolated(unsafe) let shared = slopes
      Parallel.forEach(parts.count) { part in
        var decoder = HeldOutDecoder(corpus, held, folds, pool)
        for number in parts[part] {
          decoder.decode(page: number)
          Self.write(decoder.posteriors, of: corpus.pages[number].lines, corpus, groups: held.groups, to: shared)
        }
      }
    }
  }

  private static func write(
    _ posteriors: [SIMD16<Float>], of lines: Range<Int>, _ corpus: IndexedCorpus, groups: Int,
    to slopes: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    let categories = corpus.labels.categoryOfLabel
    posteriors.withUnsafeBytes { posteriors in
      for line in lines {
        let gold = corpus.lines[line].label
        guard gold >= 0 else { continue }
        let offset = (line - lines.lowerBound) * groups * 16
        let posterior = posteriors.assumingMemoryBound(to: Float.self)[offset..<offset + groups * 16]
        let slope = UnsafeMutableRawPointer(slopes + line * groups).assumingMemoryBound(to: Float.self)
        var category: Float = 1e-9
        for label in categories.indices where categories[label] == categories[gold] {
          category += posterior[offset + label]
        }
        for label in 0..<groups * 16 { slope[label] = -posterior[offset + label] }
        for label in categories.indices where categories[label] == categories[gold] {
          slope[label] += posterior[offset + label] / category
        }
      }
    }
  }

  // MARK: Sums

  /// The sums of the slopes, by label.
  func bias() -> [Double] {
    sums(count: 1) { _, _ in
      SIMD16(repeating: 1)
    } place: { _ in
      0
    }
  }

  /// The sums of a block's scores times the slopes, `length classes × labels`.
  func weights(ofBlock block: Int) -> [Double] {
    let groups = held.groups
    return held.scores.withUnsafeBufferPointer { scores in
      sums(count: LengthClass.count) { line, group in
        scores[(line * FeatureBlock.count + block) * groups + group]
      } place: {
        corpus.lines[$0].lengthClass
      }
    }
  }

  /// Sums of slopes times factors over all lines in order, in double precision.
  ///
  /// - Parameters:
  ///   - count: how many sums there are for each label.
  ///   - factor: of a line and a vector of labels.
  ///   - place: which of the sums a line belongs to.
  @inline(__always)
  private func sums(
    count: Int, _ factor: (_ line: Int, _ group: Int) -> SIMD16<Float>, place: (Int) -> Int
  ) -> [Double] {
    let (groups, labels) = (held.groups, corpus.labels.count)
    var sums = [Double](repeating: 0, count: count * groups * 16)
    sums.withUnsafeMutableBufferPointer { sums in
      slopes.withUnsafeBufferPointer { slopes in
        for line in lines {
          for group in 0..<groups {
            let product = slopes[line * groups + group] * factor(line, group)
            let start = (place(line) * groups + group) * 16
            for lane in 0..<16 { sums[start + lane] += Double(product[lane]) }
          }
        }
      }
    }
    return (0..<count).flatMap { place in sums[place * groups * 16..<place * groups * 16 + labels] }
  }
}
