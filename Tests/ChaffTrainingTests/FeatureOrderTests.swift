import Chaff
import Testing

@testable import ChaffTraining

struct FeatureOrderTests {
  @Test func blocksThenNamesByTheirBytes() {
    let names = ["", "a", "a\0", "ab", "abcdefgh", "abcdefgha", "abcdefghb", "abcdefgi", "b", "\u{e9}", "\u{ffff}"]
    var index = FeatureIndex()
    var generator = SplitMix64(seed: 3)
    let all = FeatureBlock.hashed.flatMap { block in names.map { (block, Array($0.utf8)) } }
    for (number, (block, name)) in all.shuffled(using: &generator).enumerated() {
      _ = index.insert(UInt64(number), block: block) { name }
    }
    let order = FeatureOrder.byName(Array(0..<index.count).filter { $0 != 4 }, index)
    let expected = (0..<index.count).filter { $0 != 4 }.sorted { left, right in
      index.blocks[left] != index.blocks[right]
        ? index.blocks[left].rawValue < index.blocks[right].rawValue
        : index.names[left].lexicographicallyPrecedes(index.names[right])
    }
    #expect(order == expected)
  }
}
