/// Decides which rows of a page come through cleaning.
///
/// Kept lines and blank rows come through. Dropped lines leave at most one blank row behind: blank rows that follow a
/// dropped line are held back, and one of them is let out before the next kept line, if no blank row stands there yet.
package struct LineFilter: Sendable {
  private let isKept: [Bool]
  private let threshold: Float
  private var hasDropped = false
  private var hasHeldBlank = false
  private var lastWasBlank = true

  /// - Parameters:
  ///   - isKept: by label, whether it belongs to what is kept.
  ///   - threshold: the least probability of the kept labels together.
  package init(isKept: [Bool], threshold: Float) {
    self.isKept = isKept
    self.threshold = threshold
  }

  /// What to do with a row.
  package struct Verdict: Sendable, Equatable {
    /// The row comes through.
    package var isKept: Bool
    /// A blank row that was held back comes before it.
    package var needsBlank: Bool
  }

  package func probability(_ posteriors: [Double]) -> Float {
    Float(isKept.indices.reduce(0) { isKept[$1] ? $0 + posteriors[$1] : $0 })
  }

  package func probability(_ posteriors: UnsafePointer<SIMD16<Float>>) -> Float {
    Decision.probability(of: isKept, posteriors)
  }

  /// Judges the next row.
  /// - Parameter probability: of the kept labels; nil for a blank row.
  package mutating func verdict(_ probability: Float?) -> Verdict {
    guard let probability else {
      if hasDropped {
        hasHeldBlank = true
        return Verdict(isKept: false, needsBlank: false)
      }
      lastWasBlank = true
      return Verdict(isKept: true, needsBlank: false)
    }
    guard probability >= threshold else {
      hasDropped = true
      return Verdict(isKept: false, needsBlank: false)
    }
    let needsBlank = hasHeldBlank && !lastWasBlank
    hasDropped = false
    hasHeldBlank = false
    lastWasBlank = false
    return Verdict(isKept: true, needsBlank: needsBlank)
  }
}

extension LabelSet {
  /// By label, whether it is named or lies in a category that is named.
  package func members(of names: [String]) -> [Bool] {
    labels.map { label in
      names.contains { $0.utf8.elementsEqual(label.path.utf8) || $0.utf8.elementsEqual(label.category.utf8) }
    }
  }
}
