import CLanes

/// The decisions on many lines: what ``Decision`` says of each, for less time.
package struct Decisions {
  /// For each line, the number of its label.
  package private(set) var labels: [UInt8] = []
  /// For each line, the probability of its category.
  package private(set) var probabilities: [Float] = []
  /// For each category, the number behind that of its last label.
  private let ends: [UInt8]

  /// - Parameter labels: the model's, no more than sixteen.
  package init(labels: LabelSet) { ends = labels.withCategoryEnds { $0.map { UInt8(clamping: $0) } } }

  /// Decides on lines, instead of those before.
  /// - Parameter posteriors: a vector a line.
  /// - Complexity: O(lines).
  package mutating func read(_ posteriors: [SIMD16<Float>]) {
    if labels.count < posteriors.count {
      labels = Array(repeating: 0, count: posteriors.count)
      probabilities = Array(repeating: 0, count: posteriors.count)
    }
    posteriors.withUnsafeBufferPointer {
      guard let base = $0.baseAddress else { return }
      chaff_decide(base.lanes, $0.count, ends, ends.count, &labels, &probabilities)
    }
  }
}
