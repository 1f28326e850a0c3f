import CLanes
import Chaff

/// How held-out lines want the labels' log-likelihoods to change, summed: the part of the gradient that is costly.
///
/// A line's slope is, by label, the posterior given the gold category less the posterior (see ``PoolFitter``).
///
/// Pages are decoded on several threads, some at a time. Sums are of single precision within a page, and pages are added
/// in order, so that the result is the same for any number of threads.
struct LineSlopes {
  /// About how many lines a batch has: enough for a step in the right direction. With 25,000 held-out pages are told as well
  /// (.9526 and .904), and training 100,000 rows takes 4 % more processor time; with 8,000 macro-F1 is .903.
  static let batchLines = 12_000
  /// Pages that are decoded by one thread, one after the other.
  private static let pagesAtOnce = 16

  private let corpus: IndexedCorpus
  private let held: HeldOutScores
  private let folds: Folds
  /// Each has pages of all folds.
  private let batches: [[Int]]
  private let layout: Layout
  /// By category, 1 in the lanes of its labels: `categories × groups`.
  private let members: [SIMD16<Float>]
  private var decoders: [HeldOutDecoder]
  private var sums: [Double] = []
  /// How many lines have slopes in the batch that was read last.
  private(set) var lineCount = 0

  /// Where sums lie: for each block and length class the scores times the slopes, and then the slopes.
  private struct Layout {
    let groups: Int
    var bias: Int { FeatureBlock.count * LengthClass.count * groups }
    var count: Int { bias + groups }
  }

  init(corpus: IndexedCorpus, held: HeldOutScores, folds: Folds) {
    self.corpus = corpus
    self.held = held
    self.folds = folds
    layout = Layout(groups: held.groups)
    decoders = HeldOutDecoder.each(corpus, held, folds, PoolWeights(labelCount: corpus.labels.count))
    // A round has a page of each fold.
    let count = max(1, min(corpus.lines.count / Self.batchLines, corpus.pages.count / folds.count))
    batches = (0..<count).map { batch in corpus.pages.indices.filter { $0 / folds.count % count == batch } }
    members = corpus.labels.membersOfCategories(groups: held.groups)
  }

  /// How many batches there are: all pages once.
  var batchCount: Int { batches.count }

  /// Decodes the pages of a batch with the weights.
  mutating func read(at pool: PoolWeights, batch: Int) {
    let pages = batches[batch]
    let vectors = pool.vectors(groups: layout.groups)
    var decoders: [HeldOutDecoder] = []
    swap(&decoders, &self.decoders)
    for decoder in decoders.indices { decoders[decoder].use(vectors) }
    let parts = Parallel.inOrder(pages.indices, atOnce: Self.pagesAtOnce, &decoders) { sums(of: pages[$1], &$0) }
    swap(&decoders, &self.decoders)
    sums = Array(repeating: 0, count: layout.count * 16)
    lineCount = 0
    for part in parts {
      for index in sums.indices { sums[index] += part.sums[index] }
      lineCount += part.lines
    }
  }

  private func sums(
    of pages: ArraySlice<Int>, _ decoder: inout HeldOutDecoder
  ) -> (sums: [Double], lines: Int) {
    var page = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: layout.count)
    var sums = [Double](repeating: 0, count: layout.count * 16)
    var lines = 0
    for number in pages {
      decoder.decode(page: number)
      lines += add(decoder.posteriors, of: corpus.pages[number].lines, to: &page)
      page.withUnsafeMutableBytes { page in
        chaff_add_page(page.assumingMemoryBound(to: Float.self).baseAddress, sums.count, &sums)
      }
    }
    return (sums, lines)
  }

  /// Adds the lines of a page; returns how many are labelled.
  func add(_ posteriors: [SIMD16<Float>], of lines: Range<Int>, to sums: inout [SIMD16<Float>]) -> Int {
    guard layout.groups == 1 else { return addWide(posteriors, of: lines, to: &sums) }
    sums.withUnsafeMutableBytes { sums in
      posteriors.withLanes { posteriors in
        held.scores.withLanes { scores in
          members.withLanes { members in
            held.lengthClasses.withUnsafeBufferPointer { lengths in
              held.categories.withUnsafeBufferPointer { categories in
                guard let sums = sums.baseAddress, let lengths = lengths.baseAddress,
                  let categories = categories.baseAddress
                else { return }
                chaff_add_slopes(
                  posteriors, scores + lines.lowerBound * FeatureBlock.count * 16, lengths + lines.lowerBound,
                  LengthClass.count, categories + lines.lowerBound, lines.count, members,
                  sums.assumingMemoryBound(to: Float.self))
              }
            }
          }
        }
      }
    }
    return held.categories[lines].reduce(0) { $0 + ($1 == 255 ? 0 : 1) }
  }

  /// The same for any number of labels.
  func addWide(_ posteriors: [SIMD16<Float>], of lines: Range<Int>, to sums: inout [SIMD16<Float>]) -> Int {
    let groups = layout.groups
    var labelled = 0
    sums.withUnsafeMutableBufferPointer { sums in
      posteriors.withUnsafeBufferPointer { posteriors in
        for (place, line) in corpus.lines[lines].enumerated() where line.label >= 0 {
          labelled += 1
          let gold = corpus.labels.categoryOfLabel[line.label] * groups
          var category: Float = 1e-9
          for group in 0..<groups { category += (posteriors[place * groups + group] * members[gold + group]).treeSum }
          for group in 0..<groups {
            let posterior = posteriors[place * groups + group]
            let slope = posterior * members[gold + group] * (1 / category) - posterior
            sums[layout.bias + group] += slope
            for block in 0..<FeatureBlock.count {
              sums[(block * LengthClass.count + line.lengthClass) * groups + group] +=
                slope * held.scores[((lines.lowerBound + place) * FeatureBlock.count + block) * groups + group]
            }
          }
        }
      }
    }
    return labelled
  }

  /// The sums of the slopes, by label.
  func bias() -> [Double] { Array(sums[layout.bias * 16..<layout.bias * 16 + corpus.labels.count]) }

  /// The sums of the scores times the slopes, `blocks × length classes × labels`.
  func weights() -> [Double] {
    (0..<FeatureBlock.count * LengthClass.count).flatMap { place in
      sums[place * layout.groups * 16..<place * layout.groups * 16 + corpus.labels.count]
    }
  }
}
