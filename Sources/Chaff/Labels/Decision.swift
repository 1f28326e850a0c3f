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
  @inline(__always)
  package init(_ posteriors: UnsafePointer<SIMD16<Float>>, labels: LabelSet) {
    let lanes = UnsafeRawPointer(posteriors).assumingMemoryBound(to: Float.self)
    var best = (label: 0, category: 0, probability: -Float.infinity)
    var label = 0
    let count = labels.count
    labels.categoryOfLabel.withUnsafeBufferPointer { categories in
      while label < count {
        let category = categories[label]
        var sum: Float = 0
        var top = label
        while label < count && categories[label] == category {
          sum += lanes[label]
          if lanes[label] > lanes[top] { top = label }
          label &+= 1
        }
        if sum > best.probability { best = (top, category, sum) }
      }
    }
    self.label = best.label
    category = best.category
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
