import Chaff
import Testing

struct BucketsTests {
  @Test func `A count falls into the first range that holds it`() {
    let buckets = Buckets([0, 1, 5, 10])
    #expect(buckets.count == 5)
    #expect([0, 1, 2, 5, 6, 10, 11, 1_000_000].map { buckets.index(of: $0) } == [0, 1, 2, 2, 3, 3, 4, 4])
  }

  @Test func `Huge counts are in the last range`() {
    #expect(Buckets([3]).index(of: Int(Int32.max)) == 1)
    #expect(Buckets([3]).index(of: .max) == 1)
    #expect(Buckets([]).index(of: .max) == 0)
  }

  @Test func `Sixteen bounds make seventeen ranges, and no more are taken`() {
    let buckets = Buckets((0..<20).map { $0 * 10 })
    #expect(buckets.count == 17)
    for value in 0...300 { #expect(buckets.index(of: value) == min(16, (value + 9) / 10)) }
  }

  @Test func `Ranges have names`() {
    let buckets = Buckets([0, 1, 5, 10])
    #expect((0..<5).map { buckets.name($0) } == ["0", "1", "2…5", "6…10", "11…"])
    #expect(Buckets([3]).name(0) == "0…3")
  }
}
