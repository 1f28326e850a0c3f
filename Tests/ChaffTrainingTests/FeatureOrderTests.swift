import Chaff
import Testing

@testable import ChaffTraining

struct FeatureOrderTests {
  @Test func blocksThenNamesByTheirBytes() {
    let names = ["", "a", "a\0", "ab", "abcdefgh", "abcdefgha", "abcdefghb", "abcdefgi", "b", "\u{e9}", "\u{ffff}"]
    var generator = SplitMix64(seed: 3)
    let all = FeatureBlock.allCases.flatMap { block in names.map { (block, Array($0.utf8)) } }
      .shuffled(using: &generator)
    var list = NameList()
    for (_, name) in all { list.append { $0.append(contentsOf: name) } }
    let expected = all.indices.sorted { left, right in
      all[left].0 != all[right].0
        ? all[left].0.rawValue < all[right].0.rawValue : all[left].1.lexicographicallyPrecedes(all[right].1)
    }
    #expect(FeatureOrder.byName(list, all.map(\.0)) == expected)
  }
}
