import CLanes
import Chaff

/// Scores lines by the log-likelihoods of one set of counts.
struct HeldOutScorer {
  private let corpus: IndexedCorpus
  private let groups: Int
  /// The block of each feature, by its number.
  private let blocks: [UInt8]
  /// `features × groups`.
  private let rows: [SIMD16<Float>]

  /// - Parameter counts: of the features of the corpus. Features that stand on too few of the pages say nothing.
  /// - Complexity: O(features × labels).
  init(_ corpus: IndexedCorpus, _ counts: FeatureCounts, _ options: TrainingOptions) {
    self.corpus = corpus
    let labelCount = corpus.labels.count
    groups = (labelCount + 15) / 16
    blocks = corpus.index.blockNumbers
    let likelihoods = LogLikelihoods(counts: counts, smoothing: options.smoothing)
    rows = Array(count: blocks.count * groups) { [blocks, groups] rows in
      // Safe: each part writes the rows of its own features.
      nonisolated(unsafe) let rows = rows
      _ = Parallel.inOrder(blocks.indices, atOnce: 1024) { part in
        var own = likelihoods.rows(
          counts.byLabel[part.lowerBound * labelCount..<part.upperBound * labelCount], blocks[part])
        for feature in part where counts.pages[feature] < options.minimumPages[Int(blocks[feature])] {
          let first = (feature - part.lowerBound) * labelCount
          for index in first..<first + labelCount { own[index] = 0 }
        }
        Self.narrow(own, labelCount, groups, to: rows + part.lowerBound * groups)
      }
    }
  }

  private static func narrow(
    _ rows: [Double], _ labelCount: Int, _ groups: Int, to vectors: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    chaff_narrow_rows(rows, rows.count / max(1, labelCount), labelCount, groups, vectors.lanes)
  }

  /// Scores lines of the corpus.
  /// - Parameters:
  ///   - gains: what the rows of each feature are multiplied by.
  ///   - scores: of all lines, `lines × blocks × groups`.
  /// - Complexity: O(features of the lines × labels).
  func score(_ lines: Range<Int>, gains: [Float], to scores: UnsafeMutablePointer<SIMD16<Float>>) {
    let size = FeatureBlock.count * groups
    (scores + lines.lowerBound * size).initialize(repeating: SIMD16(repeating: 0), count: lines.count * size)
    rows.withLanes { rows in
      for line in lines {
        let features = corpus.lines[line].features
        corpus.features.withUnsafeBufferPointer { all in
          guard let base = all.baseAddress else { return }
          chaff_add_feature_rows(
            rows, gains, blocks, base + features.lowerBound, features.count, groups, (scores + line * size).lanes)
        }
      }
    }
  }

  /// Adds what a line says of the gains of its features.
  /// - Parameter line: its posteriors under the scores, and what it is pooled by.
  /// - Complexity: O(features of the line × labels).
  func add(
    _ line: inout chaff_gain_line, number: Int, withCurvature: Bool, to slopes: UnsafeMutablePointer<chaff_gain_slope>
  ) {
    let features = corpus.lines[number].features
    corpus.features.withUnsafeBufferPointer { all in
      guard let base = all.baseAddress else { return }
      rows.withLanes { rows in
        chaff_add_gain_slopes(
          &line, rows, blocks, base + features.lowerBound, features.count, groups, withCurvature ? 1 : 0,
          slopes)
      }
    }
  }
}
