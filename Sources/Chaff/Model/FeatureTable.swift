/// Log-likelihood rows of the hashed features, found by hash: the part of a model that the hot loop reads.
///
/// A bucket holds the 16-bit tags of up to eight features; a feature's row is found by its rank, so that no slot of the
/// larger array is empty. A full bucket flows over into the next. A feature that the model does not know finds one of
/// about six tags by chance in one of 11,000 cases; then it is judged as the other.
///
/// Layout of section `TABL` (little-endian): bucket count *B* (u32), row count *R* (u32), lanes a row (u32, a multiple
/// of 16), zero (u32); *B* × 8 tags (u16, 0 is empty); *B* first ranks (u32); zeros up to a multiple of 16 bytes;
/// *R* rows of signed bytes, each sixteen in the order of ``RowSums``.
package struct FeatureTable: Sendable {
  let owner: ModelBytes
  package let bucketCount: Int
  package let rowCount: Int
  /// Bytes a row: the number of labels rounded up to 16.
  package let lanes: Int
  nonisolated(unsafe) private let tags: UnsafeRawPointer
  nonisolated(unsafe) private let ranks: UnsafeRawPointer
  nonisolated(unsafe) private let rows: UnsafeRawPointer

  static let slots = 8
  static let headerSize = 16

  /// The bytes of a table of the given size.
  package static func byteCount(buckets: Int, rows: Int, lanes: Int) -> Int {
    rowsOffset(buckets: buckets) + rows * lanes
  }

  static func rowsOffset(buckets: Int) -> Int {
    (headerSize + buckets * (slots * 2 + 4) + 15) & ~15
  }

  /// Opens a table whose size has been checked.
  init(owner: ModelBytes, at base: UnsafeRawPointer, buckets: Int, rows: Int, lanes: Int) {
    self.owner = owner
    bucketCount = buckets
    rowCount = rows
    self.lanes = lanes
    tags = base + Self.headerSize
    ranks = tags + buckets * Self.slots * 2
    self.rows = base + Self.rowsOffset(buckets: buckets)
  }

  /// The bucket that a hash belongs in.
  @inline(__always)
  package static func bucket(_ hash: UInt64, of count: Int) -> Int {
    Int(((hash >> 32) &* UInt64(truncatingIfNeeded: count)) >> 32)
  }

  /// The tag of a hash, never 0.
  @inline(__always)
  package static func tag(_ hash: UInt64) -> UInt16 {
    UInt16(truncatingIfNeeded: hash) | (UInt16(truncatingIfNeeded: hash) == 0 ? 1 : 0)
  }

  /// The rank of a feature's row, or −1 if the model does not know the feature.
  /// - Complexity: O(1) expected; at most all buckets, in a table crafted to be full (which the reader refuses).
  @inline(__always)
  package func rank(of hash: UInt64) -> Int {
    var bucket = Self.bucket(hash, of: bucketCount)
    let pattern = UInt64(Self.tag(hash)) &* 0x0001_0001_0001_0001
    while true {
      let base = bucket &* 16
      let low = tags.loadUnaligned(fromByteOffset: base, as: UInt64.self).littleEndian
      let high = tags.loadUnaligned(fromByteOffset: base &+ 8, as: UInt64.self).littleEndian
      let inLow = Self.zeroLanes(low ^ pattern)
      let inHigh = Self.zeroLanes(high ^ pattern)
      if inLow | inHigh != 0 {
        let slot = inLow != 0 ? inLow.trailingZeroBitCount &>> 4 : 4 &+ (inHigh.trailingZeroBitCount &>> 4)
        return Int(ranks.loadUnaligned(fromByteOffset: bucket &* 4, as: UInt32.self).littleEndian) &+ slot
      }
      // The slots fill from the front: an empty last one means that nothing flowed over.
      if high >> 48 == 0 { return -1 }
      bucket &+= 1
      if bucket == bucketCount { bucket = 0 }
    }
  }

  /// The top bit of each 16-bit lane that is zero; only the lowest set bit is certain.
  @inline(__always)
  private static func zeroLanes(_ x: UInt64) -> UInt64 {
    (x &- 0x0001_0001_0001_0001) & ~x & 0x8000_8000_8000_8000
  }

  /// Sixteen lanes of a row.
  @inline(__always)
  package func row(_ rank: Int, group: Int) -> SIMD16<Int8> {
    rows.loadUnaligned(fromByteOffset: rank &* lanes &+ group &* 16, as: SIMD16<Int8>.self)
  }

  /// One label's value in a row, in quantisation units.
  package func value(_ rank: Int, label: Int) -> Int {
    Int(row(rank, group: label / 16)[RowSums.position(ofLane: label % 16)])
  }

  // MARK: Checks on loading

  /// Full buckets in a row, at most: what bounds the time of a lookup. Tables that training makes have some dozens.
  static let longestRun = 500

  /// Checks what the lookup relies on: ranks that follow from the tags, slots filled from the front, empty slots.
  /// - Complexity: O(buckets).
  func check() throws(ModelError) {
    var next = 0
    var full = 0
    for bucket in 0..<bucketCount {
      let rank = Int(ranks.loadUnaligned(fromByteOffset: bucket * 4, as: UInt32.self).littleEndian)
      guard rank == next else { throw .invalidValue(section: "TABL", what: "rank of bucket \(bucket)") }
      var empty = false
      for slot in 0..<Self.slots {
        let tag = tags.loadUnaligned(fromByteOffset: (bucket * Self.slots + slot) * 2, as: UInt16.self)
        if tag == 0 {
          empty = true
        } else {
          guard !empty else { throw .invalidValue(section: "TABL", what: "gap in bucket \(bucket)") }
          next += 1
        }
      }
      full = empty ? 0 : full + 1
      guard full <= Self.longestRun else { throw .invalidValue(section: "TABL", what: "crowded buckets") }
    }
    // A lookup ends at a bucket with room; one bucket of a small table could be all there is.
    guard full < bucketCount else { throw .invalidValue(section: "TABL", what: "no empty slot") }
    guard next == rowCount else { throw .invalidValue(section: "TABL", what: "\(rowCount) rows for \(next) tags") }
  }
}
