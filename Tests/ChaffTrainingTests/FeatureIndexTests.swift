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

  @Test func featuresAreMetOnceALine() {
    var index = FeatureIndex()
    var found: [UInt32] = []
    func number(_ hashes: [UInt64], _ block: FeatureBlock, on line: UInt32) -> [UInt32] {
      found.removeAll()
      hashes.withUnsafeBufferPointer { index.number($0, block, on: line, to: &found) }
      return found
    }
    #expect(number([5, 5, 6, 5], .words, on: 1) == [0, 1])
    #expect(number([], .patterns, on: 1) == [])
    #expect(number([6, 0, 1 << 40], .bigrams, on: 1) == [2, 3])
    #expect(number([5, 7, 6, 6], .patterns, on: 2) == [0, 4, 1])
    #expect(number([6], .words, on: 9) == [1])
    #expect(index.hashes == [5, 6, 0, 1 << 40, 7])
    #expect(index.blocks == [.words, .words, .bigrams, .bigrams, .patterns])
    #expect(!index.isNamed)
  }

  /// What was met on a line is known while the table grows.
  @Test func growthInALineForgetsNothing() {
    var index = FeatureIndex()
    var generator = SplitMix64(seed: 2)
    let hashes = (0..<5000).map { _ in generator.next() % 3000 }
    var found: [UInt32] = []
    for start in stride(from: 0, to: hashes.count, by: 100) {
      Array(hashes[start..<start + 100]).withUnsafeBufferPointer { index.number($0, .words, on: 7, to: &found) }
    }
    #expect(found == (0..<UInt32(Set(hashes).count)).map { $0 })
    #expect(
      index.hashes
        == hashes.reduce(into: (list: [UInt64](), set: Set<UInt64>())) {
          if $0.set.insert($1).inserted { $0.list.append($1) }
        }.list)
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
    // Those that are kept are found again, though their table is not made before.
    var more = kept
    #expect(more.insert(0, block: .words) { [] } == 1 && more.insert(9, block: .bigrams) { [9] } == 3)
    var other = FeatureIndex()
    #expect(other.insertAll(of: more) == [0, 1, 2, 3] && more.insertAll(of: index).count == 10)
    #expect(more.count == 10 && other.hashes == [7, 0, 3, 9])
    // The last index of all is only looked up, and named as the others are; a table is made if it is asked for again.
    var last = kept
    #expect(last.insertLast(index) == [1, 3, 4, 2, 5, 6, 7, 0, 8, 9])
    #expect(last.hashes == [7, 0, 3, 1, 2, 4, 5, 6, 8, 9] && last.names.count == 10)
    #expect(last.names.indices.allSatisfy { last.names.length($0) == Int(last.hashes[$0]) })
    #expect(last.insert(5, block: .words) { [] } == 6 && last.insert(10, block: .words) { [] } == 10)
  }
}
