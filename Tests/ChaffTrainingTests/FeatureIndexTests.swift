import Chaff
@testable import ChaffTraining
import Testing

struct FeatureIndexTests {
  @Test func numbersFollowTheFirstMeeting() {
    var index = FeatureIndex()
    var named = 0
    func insert(_ hash: UInt64, _ name: String) -> Int {
      index.insert(hash, block: .words) {
        named += 1
        return Array(name.utf8)
      }
    }
    #expect(insert(7, "a") == 0)
    #expect(insert(0, "b") == 1)
    #expect(insert(7, "again") == 0)
    // Hashes that begin in the same slot.
    #expect(insert(7 + 1 << 40, "c") == 2)
    #expect(insert(7 + 1 << 40, "again") == 2)
    #expect(index.names == [Array("a".utf8), Array("b".utf8), Array("c".utf8)])
    #expect(index.hashes == [7, 0, 7 + 1 << 40])
    #expect(named == 3)
  }

  @Test func growthKeepsTheNumbers() {
    var index = FeatureIndex()
    var generator = SplitMix64(seed: 1)
    // More than half of the slots that it begins with.
    let hashes = (0..<33_000).map { _ in generator.next() }
    for (number, hash) in hashes.enumerated() where index.insert(hash, block: .words, name: { [] }) != number {
      Issue.record("new feature \(number)")
    }
    for (number, hash) in hashes.enumerated() where index.insert(hash, block: .bigrams, name: { [1] }) != number {
      Issue.record("known feature \(number)")
    }
    #expect(index.count == 33_000)
    #expect(index.hashes == hashes)
  }
}
