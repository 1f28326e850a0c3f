import CLanes
import Chaff

/// `log p(f | k) / p(f)` with a Dirichlet prior on the background (Zhai & Lafferty 2004, section 2):
/// `p(f | k) = (n(f,k) + μ p(f)) / (n(k) + μ)`, in nats.
///
/// A feature is weighed against the background, so that one that says nothing adds nothing; one that was never seen
/// with a label costs at most `log(μ / (n(k) + μ))`.
struct LogLikelihoods: Sendable {
  private let labelCount: Int
  private let smoothing: [Double]
  /// `log(n(k) + μ)` by block and label.
  private let logTotals: [Double]
  /// `Σ_f n(f)` plus one half a feature, by block.
  private let background: [Double]

  init(counts: FeatureCounts, smoothing: [Double]) {
    labelCount = counts.labelCount
    // Smoothing is given in lines of whole pages.
    let smoothing = smoothing.map { $0 * Double(FeatureCounts.wholePageWeight) }
    self.smoothing = smoothing
    let totals = counts.totals.map(Double.init)
    logTotals = totals.indices.map { Reproducible.log(totals[$0] + smoothing[$0 / counts.labelCount]) }
    let labelCount = counts.labelCount
    background = FeatureBlock.allCases.map { block in
      totals[block.rawValue * labelCount..<(block.rawValue + 1) * labelCount].reduce(1, +)
    }
  }

  /// The rows of features, one after the other: `features × labels`.
  ///
  /// Training takes millions of logarithms, which the processor's own vectors work out, eight at once.
  /// - Parameters:
  ///   - counts: how often each stands on lines of each label: `features × labels`.
  ///   - blocks: the block of each, by its number.
  /// - Complexity: O(features × labels).
  func rows(_ counts: ArraySlice<Int32>, _ blocks: ArraySlice<UInt8>) -> [Double] {
    precondition(counts.count == blocks.count * labelCount, "a row for each feature")
    return Array(count: counts.count) { rows in
      smoothing.withUnsafeBufferPointer { smoothing in
        background.withUnsafeBufferPointer { background in
          logTotals.withUnsafeBufferPointer { logTotals in
            var likelihoods = chaff_likelihoods(
              labels: labelCount, smoothing: smoothing.baseAddress, background: background.baseAddress,
              log_totals: logTotals.baseAddress)
            counts.withUnsafeBufferPointer { counts in
              blocks.withUnsafeBufferPointer { blocks in
                chaff_log_likelihoods(&likelihoods, counts.baseAddress, blocks.baseAddress, blocks.count, rows)
              }
            }
          }
        }
      }
    }
  }
}
