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
  /// `log(n(k) + μ)` by block and label, shape included.
  private let logTotals: [Double]
  /// `Σ_f n(f)` plus one half a feature, by block.
  private let background: [Double]

  init(counts: FeatureCounts, smoothing: [Double]) {
    labelCount = counts.labelCount
    // Smoothing is given in lines of whole pages.
    let smoothing = smoothing.map { $0 * Double(FeatureCounts.wholePageWeight) }
    self.smoothing = smoothing
    var totals = counts.totals.map(Double.init)
    // Every line has the same number of shape features.
    let attributes = Double(ShapeFeatures.attributeCount)
    totals += counts.lines.map { Double($0) * attributes }
    logTotals = totals.indices.map { Reproducible.log(totals[$0] + smoothing[$0 / counts.labelCount]) }
    let labelCount = counts.labelCount
    background = FeatureBlock.allCases.map { block in
      totals[block.rawValue * labelCount..<(block.rawValue + 1) * labelCount].reduce(1, +)
    }
  }

  /// Writes the row of a feature.
  /// - Parameters:
  ///   - counts: how often it stands on lines of each label.
  ///   - trust: what the values are multiplied by: see ``TrainingOptions/trust(onPages:)``.
  ///   - row: receives one value a label.
  @inline(__always)
  func row(_ counts: ArraySlice<Int32>, _ block: FeatureBlock, trust: Double = 1, into row: inout [Double]) {
    // The counts of a crafted base can be near the limit for every label.
    let share = (Double(counts.reduce(0) { $0 + Int($1) }) + 0.5) / background[block.rawValue]
    let prior = smoothing[block.rawValue] * share
    // Of each label's number and, behind them, of the share. Training takes millions of logarithms: eight at once, by the
    // processor's own vectors, take a third of the time.
    let size = (labelCount + 8) & ~7
    withUnsafeTemporaryAllocation(of: Double.self, capacity: size) { logs in
      guard let base = logs.baseAddress else { return }
      logs.initialize(repeating: 1)
      counts.withUnsafeBufferPointer { counts in
        for label in 0..<labelCount { base[label] = Double(counts[label]) + prior }
      }
      base[labelCount] = share
      chaff_logarithms(base, size)
      let first = block.rawValue * labelCount
      for label in 0..<labelCount { row[label] = (base[label] - logTotals[first + label] - base[labelCount]) * trust }
    }
  }
}
