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
    // The category first, and then the kind in it alone: which is the largest is guessed wrongly often enough.
    var best = (category: 0, start: 0, end: ends.last ?? 0, probability: -Float.infinity)
    var label = 0
    var category = 0
    while category < ends.count {
      let (start, end) = (label, ends[category])
      var sum: Float = 0
      while label < end {
        sum += lanes[label]
        label &+= 1
      }
      if sum > best.probability { best = (category, start, end, sum) }
      category &+= 1
    }
    var top = best.start
    label = top
    while label < best.end {
      if lanes[label] > lanes[top] { top = label }
      label &+= 1
    }
    self.label = top
    self.category = best.category
    // A crafted model can make numbers that are none; they count as 0.
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
