/// Splits a count into at most seventeen ranges.
package struct Buckets: Sendable {
  /// The largest count of each range but the last, ascending; padded with the largest integer.
  private let upperBounds: SIMD16<Int32>
  /// The number of ranges.
  package let count: Int

  /// - Parameter upperBounds: at most sixteen, ascending.
  package init(_ upperBounds: [Int32]) {
    var bounds = SIMD16<Int32>(repeating: .max)
    for (lane, bound) in upperBounds.prefix(16).enumerated() { bounds[lane] = bound }
    self.upperBounds = bounds
    count = min(upperBounds.count, 16) + 1
  }

  /// The range of a count: how many bounds it exceeds, all compared at once.
  /// - Complexity: O(1).
  @inline(__always)
  package func index(of value: Int) -> Int {
    let value = Int32(truncatingIfNeeded: Swift.min(value, Int(Int32.max)))
    // The sign of the difference, and not `.>`, which compiles to a loop over lanes.
    let exceeded = (upperBounds &- SIMD16(repeating: value)) &>> 31
    let eight = exceeded.lowHalf &+ exceeded.highHalf
    let four = eight.lowHalf &+ eight.highHalf
    let two = four.lowHalf &+ four.highHalf
    return Int(0 &- (two.x &+ two.y))
  }

  /// The range in words: "3…5", "9", "111…".
  package func name(_ index: Int) -> String {
    let low = index == 0 ? 0 : Int(upperBounds[index - 1]) + 1
    guard index < count - 1 else { return "\(low)…" }
    let high = Int(upperBounds[index])
    return low == high ? "\(low)" : "\(low)…\(high)"
  }
}
