/// Looks a line's features up and sums their rows: the hot loop's memory.
struct ScoringSink: FeatureSink {
  let table: FeatureTable
  /// Which line last counted a feature: features count once a line.
  let stamps: UnsafeMutablePointer<UInt32>
  var stamp: UInt32 = 0
  /// One sum a block, `blocks × label groups`.
  let sums: UnsafeMutablePointer<SIMD16<Int32>>
  let groups: Int

  @inline(__always)
  private func add(_ hash: UInt64, _ block: FeatureBlock) {
    let rank = table.rank(of: hash)
    guard rank >= 0, stamps[rank] != stamp else { return }
    stamps[rank] = stamp
    for group in 0..<groups {
      sums[block.rawValue &* groups &+ group] &+= SIMD16(truncatingIfNeeded: table.row(rank, group: group))
    }
  }

  @inline(__always)
  mutating func word(_ hash: UInt64) { add(hash, .words) }

  @inline(__always)
  mutating func bigram(_ hash: UInt64) { add(hash, .bigrams) }

  @inline(__always)
  mutating func characters(_ window: UInt32) { add(FeatureHash.character(window), .characters) }
}
