@testable import Chaff
import ChaffTraining
import Testing

struct PageMessagesTests {
  private func messages(_ page: RandomChain, linesAlone: Bool = false) -> PageMessages {
    let lines = (0..<page.evidence.count).map { line in
      let likelihoods = (0..<page.labels).map { label in
        Double(page.evidence.likelihoods[line * page.chain.groups + label / 16][label % 16])
      }
      return (evidence: likelihoods.map(Reproducible.log), form: Int(page.evidence.forms[line]))
    }
    return PageMessages(lines, chain: page.chain, linesAlone: linesAlone)
  }

  @Test(arguments: 1...6)
  func `Posteriors are those of all sequences of labels`(_ lines: Int) {
    var generator = SplitMix64(seed: UInt64(800 + lines))
    for labels in [2, 3, 4] {
      let page = RandomChain(labels: labels, lines: lines, using: &generator)
      let messages = messages(page)
      let found = (0..<lines).map { messages.logPosteriors($0, .none).map(Reproducible.exp) }
      #expect(distance(found, page.marginals()) <= 1e-12)
    }
  }

  @Test(arguments: 1...4)
  func `Posteriors under phases are those of all sequences of places`(_ lines: Int) throws {
    var generator = SplitMix64(seed: UInt64(806 + lines))
    let page = try RandomChain(phasedLabels: 4, lines: lines, using: &generator)
    let messages = messages(page)
    let found = (0..<lines).map { messages.logPosteriors($0, .none).map(Reproducible.exp) }
    #expect(distance(found, page.marginals()) <= 1e-12)
  }

  @Test func `More than sixteen labels`() {
    var generator = SplitMix64(seed: 810)
    let page = RandomChain(labels: 18, lines: 3, using: &generator)
    let messages = messages(page)
    #expect(
      distance((0..<3).map { messages.logPosteriors($0, .none).map(Reproducible.exp) }, page.marginals()) <= 1e-12)
  }

  @Test func `A line alone is predicted by the labels' shares`() {
    var generator = SplitMix64(seed: 811)
    let page = RandomChain(labels: 3, lines: 2, using: &generator)
    let messages = messages(page, linesAlone: true)
    for line in 0..<2 {
      let joint = (0..<3).map { Double(page.evidence.likelihoods[line][$0]) * Double(page.chain.prior[0][$0]) }
      let expected = joint.map { $0 / joint.reduce(0, +) }
      #expect(distance([messages.logPosteriors(line, .none).map(Reproducible.exp)], [expected]) <= 1e-12)
    }
  }
}
