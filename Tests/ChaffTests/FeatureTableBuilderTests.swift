import ChaffTraining
import Testing

@testable import Chaff

struct FeatureTableBuilderTests {
  private func bytes(_ hashes: [UInt64]) -> [UInt8] {
    let placement = FeatureTableBuilder.place(hashes, ranked: hashes.indices.sorted { hashes[$0] < hashes[$1] })
    return FeatureTableBuilder.bytes(
      placement, lanes: 16,
      rows: hashes.flatMap { hash in
        (0..<16).map { Int8(truncatingIfNeeded: hash >> UInt64($0)) }
      })
  }

  @Test func `The order of the features makes no difference`() {
    var generator = SplitMix64(seed: 130)
    // Few different upper halves, so that buckets are crowded.
    var hashes = Array(Set((0..<600).map { _ in generator.next() & 0xff00_0000_0000_ffff }))
    hashes.sort()
    let sorted = bytes(hashes)
    for _ in 0..<5 { #expect(bytes(hashes.shuffled(using: &generator)) == sorted) }
  }

  @Test func `Rows stand in the order that was asked for`() {
    var generator = SplitMix64(seed: 131)
    let hashes = (0..<500).map { _ in generator.next() }
    #expect(FeatureTableBuilder.place(hashes, ranked: Array(hashes.indices)).order == Array(0..<500))
    #expect(FeatureTableBuilder.place(hashes, ranked: hashes.indices.reversed()).order == (0..<500).reversed())
  }

  @Test func `Of two that no pilot can part the preferred one is kept`() {
    // The same lower half in the same bucket.
    let hashes: [UInt64] = [0x1_0000_0005, 0x2_0000_0005, 0x1_0000_0006]
    #expect(FeatureTableBuilder.place(hashes, ranked: Array(hashes.indices)).order == [0, 2])
    #expect(FeatureTableBuilder.place(hashes, ranked: hashes.indices.reversed()).order == [2, 1])
  }

  @Test func `One slot in twenty stays empty, and there is always one`() {
    for (count, slots, pilots) in [(0, 1, 1), (1, 1, 1), (19, 20, 5), (1900, 2000, 475)] {
      var generator = SplitMix64(seed: 132)
      let hashes = (0..<count).map { _ in generator.next() }
      let placement = FeatureTableBuilder.place(hashes, ranked: Array(hashes.indices))
      let expected = FeatureTable.Size(pilots: pilots, slots: slots, rows: count, lanes: 16)
      #expect(placement.size(lanes: 16) == expected)
    }
  }

  @Test func `The bytes are laid out as documented`() {
    let bytes = bytes([0x8000_1234_0000_0102])
    // One pilot, one slot, one row, sixteen lanes; the only slot fits with the first pilot.
    #expect(Array(bytes[..<16]) == [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 16, 0, 0, 0])
    #expect(Array(bytes[16..<24]) == [0, 0, 0, 0, 0, 0, 0x34, 0x12])
    #expect(bytes[24..<32].allSatisfy { $0 == 0 })
    #expect(bytes.count == 64 && bytes[32] == 0x02 && bytes[33] == 0x81)
    #expect(bytes[48...].allSatisfy { $0 == 0 }, "the row of zeros")
  }
}
