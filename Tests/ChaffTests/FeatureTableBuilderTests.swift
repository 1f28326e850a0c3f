import Chaff
import ChaffTraining
import Testing

struct FeatureTableBuilderTests {
  private func bytes(_ hashes: [UInt64]) -> [UInt8] {
    let placement = FeatureTableBuilder.place(hashes) { hashes[$0] < hashes[$1] }
    return FeatureTableBuilder.bytes(placement, lanes: 16) { feature in
      (0..<16).map { Int8(truncatingIfNeeded: hashes[feature] >> UInt64($0)) }
    }
  }

  @Test func `The order of the features makes no difference`() {
    var generator = SplitMix64(seed: 130)
    // Few different upper halves, so that buckets flow over and tags meet.
    var hashes = Array(Set((0..<600).map { _ in (generator.next() & 0xe000_0000_0003_00ff) | 0x5500 }))
    hashes.sort()
    let sorted = bytes(hashes)
    for _ in 0..<5 { #expect(bytes(hashes.shuffled(using: &generator)) == sorted) }
  }

  @Test func `Of two that look alike the preferred one is kept`() {
    // The same bucket and tag: they differ in bits that neither sees.
    let hashes: [UInt64] = [0x10000 | 5, 0x20000 | 5, 0x30000 | 6]
    #expect(FeatureTableBuilder.place(hashes) { $0 < $1 }.order == [0, 2])
    #expect(FeatureTableBuilder.place(hashes) { $0 > $1 }.order == [1, 2])
  }

  @Test func `Buckets are three quarters full, with room to spare`() {
    for (count, buckets) in [(0, 2), (1, 2), (6, 2), (7, 3), (600, 101)] {
      #expect(FeatureTableBuilder.place((0..<count).map { UInt64($0) << 40 }) { $0 < $1 }.bucketCount == buckets)
    }
  }

  @Test func `The bytes are laid out as documented`() {
    let bytes = bytes([0x8000_0000_0000_0102])
    // Two buckets, one row, sixteen lanes; the upper half of the range is the second bucket's.
    #expect(Array(bytes[..<16]) == [2, 0, 0, 0, 1, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0])
    #expect(Array(bytes[16..<48]) == Array(repeating: 0, count: 16) + [2, 1] + Array(repeating: 0, count: 14))
    #expect(bytes[48..<64].allSatisfy { $0 == 0 })
    #expect(bytes.count == 80 && bytes[64] == 0x02 && bytes[65] == 0x81)
  }
}
