import ChaffTraining
import Testing

// `PagePresence` is internal: users see it through the page decoder, whose evidence cannot be chosen freely.
@testable import Chaff

struct PagePresenceTests {
  /// Labels of which the first and the last categories have one kind and the middle one two.
  private func labels() throws -> LabelSet {
    LabelSet(try ["a", "b/x", "b/y", "c"].map { try #require(Label($0)) })
  }

  @Test(arguments: 1...5)
  func `Presence equals the share of the sequences with a line of the category`(_ lines: Int) throws {
    var generator = SplitMix64(seed: UInt64(80 + lines))
    let labels = try labels()
    for _ in 0..<5 {
      let page = RandomChain(labels: 4, lines: lines, using: &generator)
      var presence = PagePresence(chain: page.chain, labels: labels, temperature: .none, linesAlone: false)
      presence.add(page.evidence, count: lines)
      presence.endPage()
      #expect(distance([presence.lastPage], [expected(page, labels)]) <= 1e-5)
    }
  }

  private func expected(_ page: RandomChain, _ labels: LabelSet) -> [Double] {
    let total = page.paths.reduce(0) { $0 + page.joint($1) }
    return labels.categories.indices.map { category in
      page.paths.filter { path in path.contains { labels.categoryOfLabel[$0] == category } }
        .reduce(0) { $0 + page.joint($1) } / total
    }
  }

  @Test func `Lines that come in batches make the same page`() throws {
    var generator = SplitMix64(seed: 90)
    let page = RandomChain(labels: 4, lines: 5, using: &generator)
    var presence = PagePresence(chain: page.chain, labels: try labels(), temperature: .none, linesAlone: false)
    presence.add(page.evidence, count: 5)
    presence.endPage()
    let whole = presence.lastPage
    var rest = page.evidence
    for count in [2, 0, 3] {
      presence.add(rest, count: count)
      rest.removeFirst(count)
    }
    presence.endPage()
    #expect(presence.lastPage == whole)
  }

  @Test func `Lines alone are independent of each other`() throws {
    var generator = SplitMix64(seed: 91)
    let page = RandomChain(labels: 4, lines: 3, using: &generator)
    let labels = try labels()
    var presence = PagePresence(chain: page.chain, labels: labels, temperature: .none, linesAlone: true)
    presence.add(page.evidence, count: 3)
    presence.endPage()
    let expected = labels.categories.indices.map { category in
      1
        - (0..<3).reduce(1.0) { product, line in
          let weights = (0..<4).map { Double(page.evidence.likelihoods[line][$0] * page.chain.prior[0][$0]) }
          let others = (0..<4).filter { labels.categoryOfLabel[$0] != category }
          return product * others.reduce(0) { $0 + weights[$1] } / weights.reduce(0, +)
        }
    }
    #expect(distance([presence.lastPage], [expected]) <= 1e-5)
  }

  @Test func `A page without lines has nothing, and one category alone is always there`() throws {
    var generator = SplitMix64(seed: 92)
    let page = RandomChain(labels: 1, lines: 3, using: &generator)
    var presence = PagePresence(
      chain: page.chain, labels: LabelSet([try #require(Label("a"))]), temperature: .none,
      linesAlone: false)
    presence.endPage()
    #expect(presence.lastPage == [0])
    presence.add(page.evidence, count: 3)
    presence.endPage()
    #expect(presence.lastPage == [1])
  }
}
