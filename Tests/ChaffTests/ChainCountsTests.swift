import Chaff
import Testing

struct ChainCountsTests {
  private typealias Line = (label: Int?, form: Int)

  @Test func `A page's first, last, lines and steps are counted`() {
    var counts = ChainCounts(phases: PagePhases(labelCount: 2))
    let page: [Line] = [(0, 1), (1, 5), (1, 5), (0, 0)]
    counts.add(page)
    #expect(counts.first == [1, 0] && counts.last == [1, 0])
    #expect(lines(counts) == [0: 1, 2: 1, 11: 2])
    // States are form × 2 + label: 2 → 11 → 11 → 0.
    #expect(pairs(counts) == [2 * 12 + 11: 1, 11 * 12 + 11: 1, 11 * 12: 1])
  }

  @Test func `A line without a label breaks the chain`() {
    var counts = ChainCounts(phases: PagePhases(labelCount: 2))
    let page: [Line] = [(nil, 0), (1, 0), (nil, 0), (0, 0)]
    counts.add(page)
    #expect(counts.first == [0, 1] && counts.last == [1, 0])
    #expect(lines(counts) == [0: 1, 1: 1])
    #expect(pairs(counts).isEmpty)
  }

  @Test func `A page without labels counts nothing`() {
    var counts = ChainCounts(phases: PagePhases(labelCount: 2))
    let pages: [[Line]] = [[], [(nil, 3)]]
    for page in pages { counts.add(page) }
    #expect(counts == ChainCounts(phases: PagePhases(labelCount: 2)))
  }

  @Test func `Pages add up in any order, and no step leads from one to the next`() {
    let pages: [[Line]] = [[(0, 0), (1, 2)], [(1, 3)], [(1, 2), (1, 2), (0, 4)]]
    var forward = ChainCounts(phases: PagePhases(labelCount: 2))
    var backward = forward
    for page in pages { forward.add(page) }
    for page in pages.reversed() { backward.add(page) }
    #expect(forward == backward)
    #expect(forward.first == [1, 2] && forward.last == [1, 2])
    #expect(forward.pairs.reduce(0, +) == 3)
  }

  @Test func `Lines are counted in the phases of their page`() throws {
    let labels = LabelSet(try ["article/text", "article/title", "menu"].map { try #require(Label($0)) })
    var counts = ChainCounts(phases: PagePhases(labels, text: 0))
    let pages: [[Line]] = [[(2, 0), (1, 0), (0, 5), (2, 0), (0, 5), (2, 0)], [(2, 0), (nil, 0), (2, 0)]]
    for page in pages { counts.add(page) }
    func place(_ phase: PagePhases.Phase, _ label: Int) -> Int {
      counts.phases.place(PagePhases.Position(phase: phase, label: label))
    }
    let (first, last) = (nonZero(counts.first), nonZero(counts.last))
    #expect(first == [place(.before, 2): 1, place(.list, 2): 1])
    #expect(last == [place(.after, 2): 1, place(.list, 2): 1])
    let text = 5 * counts.phases.placeCount + place(.article, 0)
    #expect(
      lines(counts) == [
        place(.before, 2): 1, place(.head, 1): 1, text: 2, place(.article, 2): 1, place(.after, 2): 1,
        place(.list, 2): 2,
      ])
    let steps = [
      (place(.before, 2), place(.head, 1)), (place(.head, 1), text), (text, place(.article, 2)),
      (place(.article, 2), text), (text, place(.after, 2)),
    ]
    #expect(pairs(counts) == Dictionary(uniqueKeysWithValues: steps.map { ($0 * counts.stateCount + $1, 1) }))
  }

  private func lines(_ counts: ChainCounts) -> [Int: UInt64] { nonZero(counts.lines) }

  /// By `from × states + to`.
  private func pairs(_ counts: ChainCounts) -> [Int: UInt64] {
    let states = counts.stateCount
    return nonZero(
      (0..<states * states).map { pair in
        counts.pair(from: pair / states, to: pair % states).map { counts.pairs[$0] } ?? 0
      })
  }

  private func nonZero(_ values: [UInt64]) -> [Int: UInt64] {
    Dictionary(uniqueKeysWithValues: values.enumerated().filter { $0.element > 0 }.map { ($0.offset, $0.element) })
  }
}
