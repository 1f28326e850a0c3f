/// Reads a label off a line's posteriors.
package struct Decision: Sendable {
  /// The number of the most probable kind inside the most probable category.
  package let label: Int
  package let category: Int
  /// The category's posterior.
  package let probability: Float

  /// - Parameters:
  ///   - posteriors: the line's, `label groups` vectors.
  ///   - labels: the model's.
  /// - Complexity: O(labels). Of equal probabilities, the first wins.
  package init(_ posteriors: UnsafePointer<SIMD16<Float>>, labels: LabelSet) {
    self = labels.withCategoryEnds { Decision(posteriors, categoryEnds: $0) }
  }

  /// For many lines: a set of labels would be held and let go for each.
  /// - Parameter ends: for each category, the number behind that of its last label.
  @inline(__always)
  package init(_ posteriors: UnsafePointer<SIMD16<Float>>, categoryEnds ends: UnsafeBufferPointer<Int>) {
    let lanes = UnsafeRawPointer(posteriors).assumingMemoryBound(to: Float.self)
    // Of a crafted model's numbers that are none no sum is the largest: then it is the first category.
    var best = (category: 0, start: 0, end: ends.first ?? 0, probability: -Float.infinity)
    var start = 0
    for category in ends.indices {
      let sum = (start..<ends[category]).reduce(Float(0)) { $0 + lanes[$1] }
      if sum > best.probability { best = (category, start, ends[category], sum) }
      start = ends[category]
    }
    var top = best.start
    for label in best.start..<best.end where lanes[label] > lanes[top] { top = label }
    self.label = top
    self.category = best.category
    // Numbers that are none count as 0.
    probability = best.probability >= 0 ? Swift.min(best.probability, 1) : 0
  }

  /// The posterior of a set of labels.
  @inline(__always)
  package static func probability(
    of isMember: [Bool], _ posteriors: UnsafePointer<SIMD16<Float>>
  ) -> Float {
    let lanes = UnsafeRawPointer(posteriors).assumingMemoryBound(to: Float.self)
    var sum: Float = 0
    for label in isMember.indices where isMember[label] { sum += lanes[label] }
    return sum >= 0 ? Swift.min(sum, 1) : 0
  }
}
