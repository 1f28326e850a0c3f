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
      let found = presence.page([page.evidence])
      #expect(distance([found], [expected(page, labels)]) <= 1e-5)
    }
  }

  @Test(arguments: 1...4)
  func `Presence under phases equals the share of the sequences with a line of the category`(_ lines: Int) throws {
    var generator = SplitMix64(seed: UInt64(86 + lines))
    let labels = LabelSet(try ["a/x", "a/y", "b", "c"].map { try #require(Label($0)) })
    let page = try RandomChain(phasedLabels: 4, lines: lines, using: &generator)
    var presence = PagePresence(chain: page.chain, labels: labels, temperature: .none, linesAlone: false)
    // The second page is judged by itself.
    for _ in 0..<2 {
      let found = presence.page([page.evidence])
      #expect(distance([found], [expected(page, labels)]) <= 1e-5)
    }
  }

  /// The same with the standard model's labels, for which loops are compiled by themselves.
  @Test func `Presence equals the share of the sequences under the standard labels`() throws {
    var generator = SplitMix64(seed: 97)
    let labels = LineClassifier.standard.model.labels
    let page = try RandomChain(
      phasedLabels: 13, article: 0..<4, text: 0, lines: 2, using: &generator)
    #expect(distance([page.presence(of: labels)], [expected(page, labels)]) <= 1e-5)
  }

  private func expected(_ page: RandomChain, _ labels: LabelSet) -> [Double] {
    let total = page.paths.reduce(0) { $0 + page.joint($1) }
    return labels.categories.indices.map { category in
      page.paths.filter { path in path.contains { labels.categoryOfLabel[page.label(of: $0)] == category } }
        .reduce(0) { $0 + page.joint($1) } / total
    }
  }

  @Test func `Lines that come in batches make the same page`() throws {
    var generator = SplitMix64(seed: 90)
    let page = RandomChain(labels: 4, lines: 5, using: &generator)
    let whole = page.presence(of: try labels())
    var presence = PagePresence(chain: page.chain, labels: try labels(), temperature: .none, linesAlone: false)
    #expect(presence.page(page.batches([2, 0, 3])) == whole)
  }

  /// The same under phases, by the loops for the standard labels and by those for any.
  @Test(arguments: [[4, 1, 6, 2], [4, 3, 4, 2]])
  func `Lines that come in batches make the same page under phases`(_ sizes: [Int]) throws {
    var generator = SplitMix64(seed: 99)
    let labels = try Self.labels(sizes)
    let page = try RandomChain(phasedLabels: 13, article: 0..<4, text: 0, lines: 50, using: &generator)
    var presence = PagePresence(chain: page.chain, labels: labels, temperature: .none, linesAlone: false)
    #expect(presence.page(page.batches([17, 0, 33])) == page.presence(of: labels))
  }

  /// Labels of which so many are of each category.
  private static func labels(_ sizes: [Int]) throws -> LabelSet {
    let paths = zip("abcd", sizes).flatMap { category, size in (0..<size).map { "\(category)/\($0)" } }
    return LabelSet(try paths.map { try #require(Label($0)) })
  }

  /// A line that is surely text, and then lines that only a page without an article has: what the pass with all labels has
  /// given up must not come back in others. And lines that leave nothing of a category but a share of e⁻⁷⁵.
  @Test(arguments: [[4, 1, 6, 2], [4, 3, 4, 2]])
  func `Presence is a share of the page, whatever turn it takes`(_ sizes: [Int]) throws {
    var generator = SplitMix64(seed: 100)
    let labels = try Self.labels(sizes)
    for sure in [0, 5] {
      var page = try RandomChain(phasedLabels: 13, article: 0..<4, text: 0, lines: 60, using: &generator)
      for label in 0..<13 where label != sure { page.evidence.likelihoods[20][label] = 0x1p-108 }
      for line in 21..<60 {
        for label in 0..<4 { page.evidence.likelihoods[line][label] *= 0x1p-4 }
      }
      let whole = page.presence(of: labels)
      for (category, presence) in whole.enumerated() { #expect((0...1).contains(presence), "\(category)") }
      #expect(whole[labels.categoryOfLabel[sure]] == 1)
      // 0 is what a share above 1 would be taken for.
      #expect(whole.dropFirst().allSatisfy { $0 > 0.9 }, "\(whole)")
    }
  }

  /// Long pages: passes end early, and must not have been worth going on with.
  @Test(arguments: [0, 1, 2])
  func `A pass that has ended would have come to nothing`(_ category: Int) throws {
    var generator = SplitMix64(seed: UInt64(93 + category))
    let labels = try labels()
    var page = RandomChain(labels: 4, lines: 400, using: &generator)
    // The category's labels are a hundred times likelier than others on the first lines, and as much less on the last.
    for line in 0..<400 {
      for label in 0..<4 where (labels.categoryOfLabel[label] == category) == (line < 200) {
        page.evidence.likelihoods[line][label] *= 100
      }
    }
    let found = page.presence(of: labels)
    let full = page.logLikelihood { _ in false }
    let expected = (0..<3).map { forbidden in
      1 - Reproducible.exp(page.logLikelihood { labels.categoryOfLabel[$0] == forbidden } - full)
    }
    #expect(distance([found], [expected]) <= 1e-4)
    #expect(found[category] == 1)
  }

  /// Long pages on which no category is sure: phases die, passes do not. With the standard model's labels all passes go together.
  @Test(arguments: [[4, 1, 6, 2], [4, 3, 4, 2], [4, 5, 4]])
  func `Presence on long pages under phases is that of double precision`(_ sizes: [Int]) throws {
    var generator = SplitMix64(seed: 98)
    let labels = try Self.labels(sizes)
    for _ in 0..<4 {
      var page = try RandomChain(phasedLabels: 13, article: 0..<4, text: 0, lines: 150, using: &generator)
      for category in sizes.indices {
        let factor = Float(Reproducible.exp(.random(in: -12...0, using: &generator)))
        for line in 0..<150 {
          for label in 0..<13 where labels.categoryOfLabel[label] == category {
            page.evidence.likelihoods[line][label] *= factor
          }
        }
      }
      let full = page.logLikelihood { _ in false }
      let expected = labels.categories.indices.map { forbidden in
        1 - Reproducible.exp(page.logLikelihood { labels.categoryOfLabel[$0] == forbidden } - full)
      }
      #expect(distance([page.presence(of: labels)], [expected]) <= 1e-4)
    }
  }

  @Test func `Lines alone are independent of each other`() throws {
    var generator = SplitMix64(seed: 91)
    let page = RandomChain(labels: 4, lines: 3, using: &generator)
    let labels = try labels()
    var presence = PagePresence(chain: page.chain, labels: labels, temperature: .none, linesAlone: true)
    let found = presence.page([page.evidence])
    let expected = labels.categories.indices.map { category in
      1
        - (0..<3).reduce(1.0) { product, line in
          let weights = (0..<4).map { Double(page.evidence.likelihoods[line][$0] * page.chain.prior[0][$0]) }
          let others = (0..<4).filter { labels.categoryOfLabel[$0] != category }
          return product * others.reduce(0) { $0 + weights[$1] } / weights.reduce(0, +)
        }
    }
    #expect(distance([found], [expected]) <= 1e-5)
  }

  @Test func `A page without lines has nothing, and one category alone is always there`() throws {
    var generator = SplitMix64(seed: 92)
    let page = RandomChain(labels: 1, lines: 3, using: &generator)
    var presence = PagePresence(
      chain: page.chain, labels: LabelSet([try #require(Label("a"))]), temperature: .none,
      linesAlone: false)
    #expect(presence.page([]) == [0])
    #expect(presence.page([page.evidence]) == [1])
  }
}

extension RandomChain {
  /// The lines in batches of so many.
  fileprivate func batches(_ sizes: [Int]) -> [LineEvidence] {
    var rest = evidence
    return sizes.map { count in
      var batch = LineEvidence(groups: chain.groups)
      batch.append(rest, count: count)
      rest.removeFirst(count)
      return batch
    }
  }

  /// For each category, the probability that the page has a line of it.
  func presence(of labels: LabelSet) -> [Double] {
    var presence = PagePresence(chain: chain, labels: labels, temperature: .none, linesAlone: false)
    return presence.page([evidence])
  }
}

extension PagePresence {
  /// What is found of a page whose lines come in batches.
  fileprivate mutating func page(_ batches: [LineEvidence]) -> [Double] {
    var decoder = ForwardBackward(chain: chain)
    var carry = ForwardBackward.Carry()
    for lines in batches {
      decoder.forward(lines, count: lines.count, from: &carry)
      add(lines, count: lines.count, totals: decoder.totals, alive: decoder.alive)
    }
    return endPage(after: carry)
  }
}
