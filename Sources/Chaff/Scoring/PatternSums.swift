/// Looks the pattern of a short line up and sums its rows.
///
/// Patterns are read line by line, behind the bulk of the words: only short lines have them, and most bytes stand on
/// long ones.
struct PatternSums {
  private var pattern = LinePattern(isNaming: false)
  private var hashes: [UInt64] = []
  private var rows: [UInt32] = []

  /// Reads a line, which must be the one that the sums have begun.
  mutating func read(_ line: UnsafeBufferPointer<UInt8>, _ sums: inout FeatureSums) {
    pattern.read(line)
    hashes.removeAll(keepingCapacity: true)
    pattern.forEach { _, hash in hashes.append(hash) }
    sums.findDistinct(hashes, rows: &rows)
  }

  /// The sum of the line's rows, in quantisation units.
  func sum(_ sums: FeatureSums, group: Int) -> SIMD16<Float> { sums.sum(rows, group: group) }
}
