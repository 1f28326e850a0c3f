import ChaffTraining
import Testing

// A table without a model around it can only be opened inside the module.
@testable import Chaff

struct FeatureTableTests {
  /// A table of features whose rows hold their numbers.
  private func table(_ hashes: [UInt64], lanes: Int = 16) throws -> (table: FeatureTable, order: [Int]) {
    let placement = FeatureTableBuilder.place(hashes) { hashes[$0] < hashes[$1] }
    let bytes = FeatureTableBuilder.bytes(placement, lanes: lanes) { feature in
      stride(from: 0, to: lanes, by: 16).flatMap { group in
        RowSums.ordered((0..<16).map { Int8(truncatingIfNeeded: feature &+ group &+ $0) })
      }
    }
    let owner = ModelBytes(copying: bytes)
    let table = FeatureTable(
      owner: owner, at: try #require(owner.bytes.baseAddress), buckets: placement.bucketCount,
      rows: placement.order.count, lanes: lanes)
    try table.check()
    #expect(bytes.count == FeatureTable.byteCount(buckets: placement.bucketCount, rows: table.rowCount, lanes: lanes))
    return (table, placement.order)
  }

  @Test(arguments: [0, 1, 5, 100, 3000])
  func `Everything that was placed is found at its rank`(_ count: Int) throws {
    var generator = SplitMix64(seed: 120)
    let hashes = (0..<count).map { _ in generator.next() }
    let (table, order) = try table(hashes)
    #expect(table.rowCount >= count - count / 500, "few are left out")
    for (rank, feature) in order.enumerated() { #expect(table.rank(of: hashes[feature]) == rank) }
  }

  @Test func `What is unknown is hardly ever found`() throws {
    var generator = SplitMix64(seed: 121)
    let table = try table((0..<3000).map { _ in generator.next() }).table
    let found = (0..<30_000).filter { _ in table.rank(of: generator.next()) >= 0 }.count
    // One in 11,000, the documentation says.
    #expect(found <= 12)
  }

  @Test func `An empty table knows nothing`() throws {
    let table = try table([]).table
    #expect(table.rank(of: 0) == -1 && table.rank(of: .max) == -1)
  }

  @Test func `A full bucket flows over into the next ones`() throws {
    // The upper half chooses the bucket, the lower 16 bits are the tag.
    let hashes = (1...20).map { UInt64($0) }
    let (table, order) = try table(hashes)
    #expect(table.bucketCount == 5 && order.count == 20)
    for (rank, feature) in order.enumerated() { #expect(table.rank(of: hashes[feature]) == rank) }
    for tag in UInt64(21)...200 { #expect(table.rank(of: tag) == -1) }
  }

  @Test func `The last bucket flows over into the first`() throws {
    let hashes = (1...20).map { 0xffff_ffff_0000_0000 | UInt64($0) } + [9, 10]
    let (table, order) = try table(hashes)
    #expect(order.count == 20, "two of the first bucket's own tags stand in the way")
    let kept = Set(order)
    #expect(kept.contains(20) && kept.contains(21))
    for (rank, feature) in order.enumerated() { #expect(table.rank(of: hashes[feature]) == rank) }
  }

  @Test func `A tag of zero counts as one`() {
    #expect(FeatureTable.tag(0x1_0000) == 1)
    #expect(FeatureTable.tag(0xabcd_1234) == 0x1234)
  }

  @Test func `Buckets share the hashes out evenly`() {
    #expect(FeatureTable.bucket(0, of: 10) == 0)
    #expect(FeatureTable.bucket(.max, of: 10) == 9)
    #expect(FeatureTable.bucket(0x8000_0000_0000_0000, of: 10) == 5)
  }

  @Test func `Rows are read lane by lane`() throws {
    let hashes: [UInt64] = [3 << 60, 1 << 60, 2 << 60]
    let (table, order) = try table(hashes, lanes: 32)
    for (rank, feature) in order.enumerated() {
      for label in 0..<32 { #expect(table.value(rank, label: label) == feature + label) }
      var sums = RowSums()
      sums.add(table.row(rank, group: 1))
      #expect(sums.lanes.array == (16..<32).map { Int32(feature + $0) })
    }
  }
}
