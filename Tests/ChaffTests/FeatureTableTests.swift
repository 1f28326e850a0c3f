import ChaffTraining
import Testing

// A table without a model around it can only be opened inside the module.
@testable import Chaff

struct FeatureTableTests {
  /// A table of features whose rows hold their numbers.
  private func table(_ hashes: [UInt64], lanes: Int = 16) throws -> (table: FeatureTable, order: [Int]) {
    let placement = FeatureTableBuilder.place(hashes, ranked: hashes.indices.sorted { hashes[$0] < hashes[$1] })
    let bytes = FeatureTableBuilder.bytes(
      placement, lanes: lanes,
      rows: hashes.indices.flatMap { feature in
        stride(from: 0, to: lanes, by: 16).flatMap { group in
          RowSums.ordered((0..<16).map { Int8(truncatingIfNeeded: feature &+ group &+ $0) })
        }
      })
    let owner = ModelBytes(copying: bytes)
    let size = placement.size(lanes: lanes)
    let table = FeatureTable(owner: owner, at: try #require(owner.bytes.baseAddress), size: size)
    try table.check()
    #expect(bytes.count == size.byteCount)
    return (table, placement.order)
  }

  @Test(arguments: [0, 1, 5, 100, 3000])
  func `Everything that was placed is found at its rank`(_ count: Int) throws {
    var generator = SplitMix64(seed: 120)
    let hashes = (0..<count).map { _ in generator.next() }
    let (table, order) = try table(hashes)
    #expect(table.rowCount == count)
    for (rank, feature) in order.enumerated() { #expect(table.rank(of: hashes[feature]) == rank) }
  }

  @Test func `What is unknown is hardly ever found`() throws {
    var generator = SplitMix64(seed: 121)
    let table = try table((0..<3000).map { _ in generator.next() }).table
    let found = (0..<100_000).filter { _ in table.rank(of: generator.next()) >= 0 }.count
    // One in 65,000, the documentation says.
    #expect(found <= 8)
  }

  @Test func `An empty table knows nothing`() throws {
    let table = try table([]).table
    #expect(table.rank(of: 0) == -1 && table.rank(of: .max) == -1 && table.rowCount == 0)
  }

  @Test func `Words that were made to meet in one bucket find places as far as there are any`() throws {
    // The upper half chooses the bucket, the lower the slot.
    let hashes = (1...200).map { 0xffff_ffff_0000_0000 | UInt64($0) }
    let (table, order) = try table(hashes)
    #expect(!order.isEmpty)
    #expect(order == order.sorted(), "those that come first are kept")
    for (rank, feature) in order.enumerated() { #expect(table.rank(of: hashes[feature]) == rank) }
  }

  @Test func `A larger table has more bits for ranks and fewer for tags`() {
    #expect(FeatureTable.rankMask(rows: 0) == 0xffff && FeatureTable.rankMask(rows: 65_535) == 0xffff)
    #expect(FeatureTable.rankMask(rows: 65_536) == 0x1_ffff)
    #expect(FeatureTable.tag(0x0000_abcd_1234_0000, rankMask: 0xffff) == 0xabcd_0000)
    #expect(FeatureTable.tag(.max, rankMask: 0x1_ffff) == 0xfffe_0000)
  }

  @Test func `Buckets share the hashes out evenly`() {
    #expect(FeatureTable.bucket(0, of: 10) == 0)
    #expect(FeatureTable.bucket(.max, of: 10) == 9)
    #expect(FeatureTable.bucket(0x8000_0000_0000_0000, of: 10) == 5)
  }

  @Test func `Slots are scattered anew for each pilot`() {
    let slots = (0...UInt16(999)).map { FeatureTable.slot(12_345, pilot: $0, of: 100) }
    #expect(slots.allSatisfy { (0..<100).contains($0) })
    #expect(Set(slots).count > 95)
  }

  @Test func `Rows are read lane by lane`() throws {
    let hashes: [UInt64] = [3 << 60, 1 << 60, 2 << 60 | 7]
    let (table, order) = try table(hashes, lanes: 32)
    for (rank, feature) in order.enumerated() {
      for label in 0..<32 { #expect(table.value(rank, label: label) == feature + label) }
      var sums = RowSums()
      sums.add(table.row(rank, group: 1))
      #expect(sums.lanes.array == (16..<32).map { Int32(feature + $0) })
    }
    #expect((0..<32).allSatisfy { table.value(table.rowCount, label: $0) == 0 })
  }
}
