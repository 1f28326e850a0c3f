import Chaff
import Testing

struct ChainCountsTests {
  private typealias Line = (label: Int?, form: Int)

  @Test func `A page's first, last, lines and steps are counted`() {
    var counts = ChainCounts(labelCount: 2)
    let page: [Line] = [(0, 1), (1, 5), (1, 5), (0, 0)]
    counts.add(page)
    #expect(counts.first == [1, 0] && counts.last == [1, 0])
    #expect(lines(counts) == [0: 1, 2: 1, 11: 2])
    // States are form × 2 + label: 2 → 11 → 11 → 0.
    #expect(pairs(counts) == [2 * 12 + 11: 1, 11 * 12 + 11: 1, 11 * 12: 1])
  }

  @Test func `A line without a label breaks the chain`() {
    var counts = ChainCounts(labelCount: 2)
    let page: [Line] = [(nil, 0), (1, 0), (nil, 0), (0, 0)]
    counts.add(page)
    #expect(counts.first == [0, 1] && counts.last == [1, 0])
    #expect(lines(counts) == [0: 1, 1: 1])
    #expect(pairs(counts).isEmpty)
  }

  @Test func `A page without labels counts nothing`() {
    var counts = ChainCounts(labelCount: 2)
    let pages: [[Line]] = [[], [(nil, 3)]]
    for page in pages { counts.add(page) }
    #expect(counts == ChainCounts(labelCount: 2))
  }

  @Test func `Pages add up in any order, and no step leads from one to the next`() {
    let pages: [[Line]] = [[(0, 0), (1, 2)], [(1, 3)], [(1, 2), (1, 2), (0, 4)]]
    var forward = ChainCounts(labelCount: 2)
    var backward = forward
    for page in pages { forward.add(page) }
    for page in pages.reversed() { backward.add(page) }
    #expect(forward == backward)
    #expect(forward.first == [1, 2] && forward.last == [1, 2])
    #expect(forward.pairs.reduce(0, +) == 3)
  }

  private func lines(_ counts: ChainCounts) -> [Int: UInt64] { nonZero(counts.lines) }

  private func pairs(_ counts: ChainCounts) -> [Int: UInt64] { nonZero(counts.pairs) }

  private func nonZero(_ values: [UInt64]) -> [Int: UInt64] {
    Dictionary(uniqueKeysWithValues: values.enumerated().filter { $0.element > 0 }.map { ($0.offset, $0.element) })
  }
}
