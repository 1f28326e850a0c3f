/// Splits a count into ranges.
package struct Buckets: Sendable {
  /// The largest count of each range but the last, ascending.
  package let upperBounds: [Int]

  package init(_ upperBounds: [Int]) { self.upperBounds = upperBounds }

  /// The number of ranges.
  package var count: Int { upperBounds.count + 1 }

  /// The range of a count.
  /// - Complexity: O(ranges), at most fourteen comparisons.
  @inline(__always)
  package func index(of value: Int) -> Int {
    var index = 0
    while index < upperBounds.count && value > upperBounds[index] { index += 1 }
    return index
  }

  /// The range in words: "3…5", "9", "111…".
  package func name(_ index: Int) -> String {
    let low = index == 0 ? 0 : upperBounds[index - 1] + 1
    guard index < upperBounds.count else { return "\(low)…" }
    let high = upperBounds[index]
    return low == high ? "\(low)" : "\(low)…\(high)"
  }
}
