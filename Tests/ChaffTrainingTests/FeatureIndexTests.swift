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
    #expect(index.names.map(Array.init) == [Array("a".utf8), Array("b".utf8), Array("c".utf8)])
    #expect(index.hashes == [7, 0, 7 + 1 << 40])
    #expect(named == 3)
  }

  @Test func growthKeepsTheNumbers() {
    var index = FeatureIndex()
    var generator = SplitMix64(seed: 1)
    // More than half of the slots that it begins with, again and again.
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

  @Test func featuresAreMetOnceALine() throws {
    var index = FeatureIndex()
    func meet(_ hash: UInt64, on line: UInt32) -> String {
      switch index.meet(hash, on: line) {
      case .new: "new \(index.append(hash, block: .words, on: line) { $0.append(UInt8(hash)) })"
      case .first(let feature): "first \(feature)"
      case .again: "again"
      }
    }
    let met = [(5, 1), (5, 1), (6, 1), (5, 2), (6, 2), (6, 2), (6, 9)].map { meet(UInt64($0), on: UInt32($1)) }
    #expect(met == ["new 0", "again", "new 1", "first 0", "first 1", "again", "first 1"])
    #expect(index.names.map(Array.init) == [[5], [6]])
  }

  @Test func someCanBeKept() {
    var index = FeatureIndex()
    for hash in UInt64(0)..<10 {
      _ = index.insert(hash, block: hash < 5 ? .words : .bigrams) { [UInt8](repeating: 1, count: Int(hash)) }
    }
    let kept = index.keeping([7, 0, 3])
    #expect(kept.hashes == [7, 0, 3])
    #expect(kept.blocks == [.bigrams, .words, .words])
    #expect(kept.names.indices.map { kept.names.length($0) } == [7, 0, 3])
  }
}
