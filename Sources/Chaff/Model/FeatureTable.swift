import CLanes

/// Log-likelihood rows of the features, found by hash: the part of a model that the hot loop reads.
///
/// A perfect hash (after Belazzougui, Botelho & Dietzfelbinger's CHD, 2009): a hash belongs to one of some thousand
/// buckets, the bucket's pilot was chosen in training so that its features fall on slots of their own, and the slot's tag
/// tells whether the feature is the slot's. A look-up is two loads and no branch, whatever the hashes are. A feature that
/// the model does not know passes the tag by chance in one of 65,000 cases (twice as often for each doubling of a model
/// beyond 65,535 features); then it is judged as the other.
///
/// Rows stand in the order of how common their features are, so that those that are wanted most share the cache.
///
/// Layout of section `TABL` (little-endian): pilot count *P*, slot count *S*, row count *R*, lanes a row (u32 each; lanes
/// are a multiple of 16); *P* pilots (u16); zeros up to a multiple of 4 bytes; *S* slots (u32: the rank of a row in the
/// bits that *R* takes, but 16 at least, and the tag above; the rank of a slot without feature is *R*); zeros up to a
/// multiple of 16 bytes; *R* rows of signed bytes, each sixteen in the order of ``RowSums``, and one more row of zeros.
package struct FeatureTable: Sendable {
  let owner: ModelBytes
  package let size: Size
  private let rankMask: UInt32
  nonisolated(unsafe) private let pilots: UnsafeRawPointer
  nonisolated(unsafe) private let slots: UnsafeRawPointer
  nonisolated(unsafe) private let rows: UnsafeRawPointer
  /// The same for `chaff_find_ranks`.
  nonisolated(unsafe) private let lanesTable: chaff_table

  /// How many of each there are.
  package struct Size: Sendable, Equatable {
    package var pilots: Int
    package var slots: Int
    package var rows: Int
    /// Bytes a row: the number of labels rounded up to 16.
    package var lanes: Int

    package init(pilots: Int, slots: Int, rows: Int, lanes: Int) {
      self.pilots = pilots
      self.slots = slots
      self.rows = rows
      self.lanes = lanes
    }

    static let headerSize = 16
    var slotsOffset: Int { (Self.headerSize + pilots * 2 + 3) & ~3 }
    var rowsOffset: Int { (slotsOffset + slots * 4 + 15) & ~15 }
    /// The bytes of a table.
    package var byteCount: Int { rowsOffset + (rows + 1) * lanes }
  }

  /// Opens a table whose size has been checked.
  init(owner: ModelBytes, at base: UnsafeRawPointer, size: Size) {
    self.owner = owner
    self.size = size
    rankMask = Self.rankMask(rows: size.rows)
    pilots = base + Size.headerSize
    slots = base + size.slotsOffset
    rows = base + size.rowsOffset
    let bytes = base.assumingMemoryBound(to: UInt8.self)
    lanesTable = chaff_table(
      pilots: bytes + Size.headerSize, slots: bytes + size.slotsOffset, rows: bytes + size.rowsOffset,
      pilot_count: UInt32(truncatingIfNeeded: size.pilots), slot_count: UInt32(truncatingIfNeeded: size.slots),
      row_count: UInt32(truncatingIfNeeded: size.rows), rank_mask: rankMask, lanes: size.lanes)
  }

  /// How many features have a row.
  package var rowCount: Int { size.rows }

  /// The bits of a slot that hold the rank.
  static func rankMask(rows: Int) -> UInt32 {
    let bits = max(16, Int.bitWidth - rows.leadingZeroBitCount)
    return UInt32(truncatingIfNeeded: 1 << bits &- 1)
  }

  /// The bucket that a hash belongs in: its highest bits.
  @inline(__always)
  package static func bucket(_ hash: UInt64, of count: Int) -> Int {
    Int(truncatingIfNeeded: ((hash &>> 32) &* UInt64(truncatingIfNeeded: count)) &>> 32)
  }

  /// Bits of a hash for a tag: above the rank, some that neither bucket nor slot hangs on.
  @inline(__always)
  static func tag(_ hash: UInt64, rankMask: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: hash &>> 16) & ~rankMask
  }

  /// The slot of a hash in a bucket with the pilot: its low half, scattered anew for each pilot.
  @inline(__always)
  package static func slot(_ hash: UInt64, pilot: UInt16, of count: Int) -> Int {
    let scattered = (UInt32(truncatingIfNeeded: hash) ^ (UInt32(pilot) &* 0x9e37_79b1)) &* 0x85eb_ca6b
    return Int(truncatingIfNeeded: (UInt64(scattered) &* UInt64(truncatingIfNeeded: count)) &>> 32)
  }

  /// Finds the ranks of many features' rows, ``rowCount`` for a feature that the model does not know.
  /// - Complexity: O(count).
  @inline(__always)
  func findRanks(of hashes: UnsafePointer<UInt64>, count: Int, to ranks: UnsafeMutablePointer<UInt32>) {
    withUnsafePointer(to: lanesTable) { chaff_find_ranks($0, hashes, count, ranks) }
  }

  /// Sums the rows of lists of features, in a table of rows of sixteen lanes: see `chaff_sum_features`.
  /// - Complexity: O(count).
  func sumRows(
    of hashes: UnsafePointer<UInt64>, flags: UnsafePointer<UInt8>, count: Int, stamps: UnsafeMutablePointer<UInt16>,
    stamp: UInt16, to sums: UnsafeMutablePointer<Int16>
  ) {
    withUnsafePointer(to: lanesTable) { chaff_sum_features($0, hashes, flags, count, stamps, stamp, sums) }
  }

  /// The rank of a feature's row, or −1 if the model does not know the feature.
  /// - Complexity: O(1), for any table.
  package func rank(of hash: UInt64) -> Int {
    var rank: UInt32 = 0
    withUnsafePointer(to: hash) { findRanks(of: $0, count: 1, to: &rank) }
    return rank == size.rows ? -1 : Int(rank)
  }

  /// Sixteen lanes of a row.
  @inline(__always)
  package func row(_ rank: Int, group: Int) -> SIMD16<Int8> {
    rows.load(fromByteOffset: rank &* size.lanes &+ group &* 16, as: SIMD16<Int8>.self)
  }

  /// One label's value in a row, in quantisation units.
  package func value(_ rank: Int, label: Int) -> Int {
    Int(row(rank, group: label / 16)[RowSums.position(ofLane: label % 16)])
  }

  /// Checks what the look-up relies on: that no slot leads beyond the rows, and that the last row is zeros.
  /// - Complexity: O(slots).
  func check() throws(ModelError) {
    for slot in 0..<size.slots {
      let rank = slots.load(fromByteOffset: slot * 4, as: UInt32.self).littleEndian & rankMask
      guard rank <= size.rows else { throw .invalidValue(section: "TABL", what: "rank in slot \(slot)") }
    }
    let last = UnsafeRawBufferPointer(start: rows + size.rows * size.lanes, count: size.lanes)
    guard last.allSatisfy({ $0 == 0 }) else { throw .invalidValue(section: "TABL", what: "last row") }
  }
}
