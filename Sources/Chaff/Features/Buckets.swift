import CLanes

/// Splits a count into at most seventeen ranges.
package struct Buckets: Sendable {
  /// The largest count of each range but the last, ascending; padded with the largest integer.
  private let upperBounds: SIMD16<Int32>
  /// The number of ranges.
  package let count: Int
  /// The range of each value up to ``limit``: one load instead of comparing. It lives for ever, as
  /// all buckets do.
  nonisolated(unsafe) let table: UnsafePointer<UInt8>
  /// The same bounds for `chaff_sum_shapes`; they live for ever, too.
  nonisolated(unsafe) let bounds: chaff_ranges
  /// What larger values are taken for; −1 if the table says nothing, since bounds are too large.
  let limit: Int
  /// Bounds above it are compared with.
  private static let largestTable = 4095

  /// - Parameter upperBounds: at most sixteen, ascending.
  package init(_ upperBounds: [Int32]) {
    var bounds = SIMD16<Int32>(repeating: .max)
    for (lane, bound) in upperBounds.prefix(16).enumerated() { bounds[lane] = bound }
    self.upperBounds = bounds
    count = min(upperBounds.count, 16) + 1
    let memory = UnsafeMutablePointer<Int32>.allocate(capacity: 16)
    memory.initialize(repeating: .max, count: 16)
    memory.update(from: Array(upperBounds.prefix(16)), count: count - 1)
    self.bounds = chaff_ranges(bounds: memory, count: count - 1)
    let largest = Int(upperBounds.prefix(16).last ?? 0)
    limit = largest < Self.largestTable ? largest + 1 : -1
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, limit + 1))
    table.initialize(repeating: 0, count: max(1, limit + 1))
    self.table = UnsafePointer(table)
    for value in 0..<max(0, limit + 1) { table[value] = UInt8(compared(value)) }
  }

  /// The range of a count, 0 or above: how many bounds it exceeds.
  /// - Complexity: O(1).
  @inline(__always)
  package func index(of value: Int) -> Int {
    limit >= 0 ? Int(table[Swift.min(value, limit)]) : compared(value)
  }

  /// The range by comparing with all bounds at once.
  private func compared(_ value: Int) -> Int {
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
