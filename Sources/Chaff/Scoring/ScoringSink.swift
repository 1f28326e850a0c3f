/// Looks a line's features up and sums their rows: the hot loop's memory.
///
/// The scanner's hashes are gathered block by block, then looked up, then summed, each in a loop of its own: a row is a
/// cache miss as often as not, and only in such loops do the misses overlap (measured: half the time of `classify`).
///
/// Rows of bytes are summed in 16 bits, half the work of 32; before 258 rows could overflow them, the sums move on to
/// 32 bits.
struct ScoringSink: FeatureSink {
  /// Hashes of one block that wait to be looked up.
  private struct Queue {
    let hashes: UnsafeMutablePointer<UInt64>
    var count = 0
  }

  private let table: FeatureTable
  private let groups: Int
  /// Which line last counted a feature: features count once a line.
  private let stamps: UnsafeMutablePointer<UInt32>
  private var stamp: UInt32 = 0
  private var words = Queue(hashes: .allocate(capacity: Self.queueLimit))
  private var bigrams = Queue(hashes: .allocate(capacity: Self.queueLimit))
  /// Ranks of the features that were found.
  private let found: UnsafeMutablePointer<Int32>
  /// `blocks × label groups`.
  private let sums: UnsafeMutablePointer<RowSums>
  /// What has moved on, `blocks × label groups`.
  private let wideSums: UnsafeMutablePointer<SIMD16<Int32>>
  private var isWide = false

  /// 16 bits hold the sum of 258 rows.
  private static var queueLimit: Int { 128 }

  init(table: FeatureTable, groups: Int) {
    self.table = table
    self.groups = groups
    let count = FeatureBlock.count * groups
    stamps = .allocate(capacity: max(1, table.rowCount))
    stamps.initialize(repeating: 0, count: max(1, table.rowCount))
    found = .allocate(capacity: Self.queueLimit)
    found.initialize(repeating: 0, count: Self.queueLimit)
    sums = .allocate(capacity: count)
    sums.initialize(repeating: RowSums(), count: count)
    wideSums = .allocate(capacity: count)
    wideSums.initialize(repeating: SIMD16(repeating: 0), count: count)
  }

  func deallocate() {
    stamps.deallocate()
    words.hashes.deallocate()
    bigrams.hashes.deallocate()
    found.deallocate()
    sums.deallocate()
    wideSums.deallocate()
  }

  /// Forgets the line before.
  @inline(__always)
  mutating func beginLine() {
    stamp &+= 1
    if stamp == 0 {
      // The stamps have wrapped round: forget them.
      stamps.update(repeating: 0, count: max(1, table.rowCount))
      stamp = 1
    }
    for index in 0..<FeatureBlock.count &* groups { sums[index] = RowSums() }
    if isWide {
      for index in 0..<FeatureBlock.count &* groups { wideSums[index] = SIMD16(repeating: 0) }
      isWide = false
    }
  }

  /// Sums what still waits.
  @inline(__always)
  mutating func endLine() {
    drain(words, .words)
    drain(bigrams, .bigrams)
    words.count = 0
    bigrams.count = 0
  }

  @inline(__always)
  mutating func word(_ hash: UInt64) {
    words.hashes[words.count] = hash
    words.count &+= 1
    if words.count == Self.queueLimit {
      overflow(words, .words)
      words.count = 0
    }
  }

  @inline(__always)
  mutating func bigram(_ hash: UInt64) {
    bigrams.hashes[bigrams.count] = hash
    bigrams.count &+= 1
    if bigrams.count == Self.queueLimit {
      overflow(bigrams, .bigrams)
      bigrams.count = 0
    }
  }

  /// Sums a full queue; its block's sums then move on.
  @inline(never)
  private mutating func overflow(_ queue: Queue, _ block: FeatureBlock) {
    drain(queue, block)
    for index in block.rawValue &* groups..<(block.rawValue &+ 1) &* groups {
      wideSums[index] &+= sums[index].lanes
      sums[index] = RowSums()
    }
    isWide = true
  }

  /// Looks a queue's hashes up and sums the rows of those that are new to the line.
  @inline(__always)
  private func drain(_ queue: Queue, _ block: FeatureBlock) {
    var count = 0
    for index in 0..<queue.count {
      let rank = table.rank(of: queue.hashes[index])
      found[count] = Int32(truncatingIfNeeded: rank)
      count &+= rank >= 0 ? 1 : 0
    }
    var fresh = 0
    for index in 0..<count {
      let rank = found[index]
      let isNew = stamps[Int(rank)] != stamp
      stamps[Int(rank)] = stamp
      found[fresh] = rank
      fresh &+= isNew ? 1 : 0
    }
    for group in 0..<groups {
      var sum = sums[block.rawValue &* groups &+ group]
      for index in 0..<fresh { sum.add(table.row(Int(found[index]), group: group)) }
      sums[block.rawValue &* groups &+ group] = sum
    }
  }

  /// Adds a row of the shape block.
  @inline(__always)
  func addShape(_ row: SIMD16<Int8>, group: Int) {
    sums[FeatureBlock.shape.rawValue &* groups &+ group].add(row)
  }

  /// A block's sum, in quantisation units.
  @inline(__always)
  func sum(_ block: Int, group: Int) -> SIMD16<Float> {
    let index = block &* groups &+ group
    return isWide ? sums[index].numbers + SIMD16<Float>(wideSums[index]) : sums[index].numbers
  }
}
