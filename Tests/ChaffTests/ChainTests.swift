import Chaff
import ChaffTraining
import Testing

struct ChainTests {
  @Test(arguments: [1, 3, 16, 17, 20])
  func `Steps from any state sum to 1, and so do starts and ends`(_ labels: Int) {
    var generator = SplitMix64(seed: 11)
    let chain = RandomChain(labels: labels, lines: 0, using: &generator).chain
    for from in 0..<labels * LineForm.count {
      let sum = (0..<labels * LineForm.count).reduce(0.0) { sum, to in
        sum + Double(chain.probability(from: state(from, labels), to: state(to, labels)))
      }
      #expect(abs(sum - 1) <= 1e-5)
    }
    for vectors in [chain.initial, chain.final, chain.prior] {
      #expect(abs(vectors.reduce(0) { $0 + $1.treeSum } - 1) <= 1e-5)
    }
  }

  @Test(arguments: [3, 4, 13, 16])
  func `Steps of all phases from any state sum to 1, and so do starts and ends`(_ labels: Int) throws {
    var generator = SplitMix64(seed: 13)
    let chain = try RandomChain(phasedLabels: labels, lines: 0, using: &generator).chain
    for from in chain.places {
      for form in 0..<LineForm.count {
        let sum = chain.places.reduce(0.0) { sum, to in
          (0..<LineForm.count).reduce(sum) { $0 + Double(chain.probability(from: (from, form), to: (to, $1))) }
        }
        #expect(abs(sum - 1) <= 1e-5)
      }
    }
    for vectors in [chain.initial, chain.final, chain.prior] {
      #expect(abs(vectors.reduce(0) { $0 + $1.treeSum } - 1) <= 1e-5)
    }
  }

  @Test func `Text begins anew behind a list and behind an article, next to never`() throws {
    var generator = SplitMix64(seed: 14)
    let chain = try RandomChain(phasedLabels: 4, lines: 0, using: &generator).chain
    let text = chain.phases.place(PagePhases.Position(phase: .article, label: 1))
    for phase in [PagePhases.Phase.list, .after] {
      let from = chain.phases.place(PagePhases.Position(phase: phase, label: 2))
      let sum = (0..<LineForm.count).reduce(0.0) { $0 + Double(chain.probability(from: (from, 0), to: (text, $1))) }
      // Half a step among all lines of the phase, some 30 × 6 × labels.
      #expect(sum > 0 && sum < 0.005)
      #expect(chain.origins(of: text).contains(from))
    }
  }

  @Test func `Padding has probability 0`() {
    var generator = SplitMix64(seed: 12)
    let chain = RandomChain(labels: 17, lines: 0, using: &generator).chain
    #expect(chain.groups == 2)
    for form in 0..<LineForm.count {
      for lane in 1..<16 { #expect(chain.initial[form * 2 + 1][lane] == 0) }
    }
    for lane in 1..<16 { #expect(chain.final[1][lane] == 0 && chain.prior[1][lane] == 0) }
  }

  /// Two labels; lines: three of label 0 (two of form 0, one of form 1) and one of label 1 (form 0).
  private var example: Chain {
    var counts = ChainCounts(phases: PagePhases(labelCount: 2))
    let page: [(label: Int?, form: Int)] = [(0, 0), (0, 1), (1, 0), (0, 0)]
    counts.add(page)
    return Chain(counts: counts, smoothing: 2, formSmoothing: 5)
  }

  @Test func `Shares are those of lines, and half a line more each`() {
    expect(example.prior[0][0], 3.5 / 5)
    expect(example.prior[0][1], 1.5 / 5)
  }

  @Test func `Forms' shares are drawn to all lines' shares`() {
    // p(f): 4, 2, 1, 1, 1, 1 of 10; p(f | 0) = (2, 1, 0 … + 10 p(f)) / 13; p(f | 1) = (1, 0 … + 10 p(f)) / 11.
    // p(first = 0) = (1 + 2 × 0.7) / 3 = 0.8 of a whole page, and 0.7 of a piece.
    expect(example.initial[0][0], 0.75 * 6 / 13)
    expect(example.initial[1][0], 0.75 * 3 / 13)
    expect(example.initial[5][0], 0.75 * 1 / 13)
    expect(example.initial[0][1], 0.25 * 5 / 11)
    expect(example.initial[1][1], 0.25 * 2 / 11)
  }

  @Test func `Steps that were seen are drawn to labels' steps and forms' shares`() {
    // From label 0: one step to 0 and one to 1: p(0 | 0) = (1 + 2 × 0.7) / 4 = 0.6.
    // From (0, form 0): seen once, to (0, form 1).
    expect(example.probability(from: (0, 0), to: (0, 1)), (1 + 5 * 0.6 * 3 / 13) / 6)
    expect(example.probability(from: (0, 0), to: (0, 0)), 5 * 0.6 * 6 / 13 / 6)
    expect(example.probability(from: (0, 0), to: (1, 0)), 5 * 0.4 * 5 / 11 / 6)
  }

  @Test func `Steps from a state that was never seen are labels' steps`() {
    expect(example.probability(from: (0, 4), to: (0, 1)), 0.6 * 3 / 13)
    // From label 1: one step, to 0: p(0 | 1) = (1 + 2 × 0.7) / 3 = 0.8.
    expect(example.probability(from: (1, 3), to: (1, 0)), 0.2 * 5 / 11)
  }

  @Test func `Ends are shares of lines that came last`() {
    // Label 0: (1 + 2 × 0.7) / (3 + 2 × 0.7); label 1: (0 + 2 × 0.3) / (1 + 2 × 0.3); a piece: one line in four; scaled to
    // a sum of 1.
    let ends = (2.4 / 4.4 + 0.25, 0.6 / 1.6 + 0.25)
    expect(example.final[0][0], ends.0 / (ends.0 + ends.1))
    expect(example.final[0][1], ends.1 / (ends.0 + ends.1))
  }

  @Test func `Without counts all labels are alike`() {
    let chain = Chain(counts: ChainCounts(phases: PagePhases(labelCount: 4)), smoothing: 1, formSmoothing: 1)
    for label in 0..<4 {
      expect(chain.prior[0][label], 0.25)
      expect(chain.initial[2][label], 0.25 / 6)
      expect(chain.probability(from: (0, 0), to: (label, 3)), 0.25 / 6)
    }
  }

  private func state(_ number: Int, _ labels: Int) -> (place: Int, form: Int) { (number % labels, number / labels) }

  private func expect(_ found: Float, _ expected: Double, _ location: SourceLocation = #_sourceLocation) {
    #expect(abs(Double(found) - expected) <= 1e-6, sourceLocation: location)
  }
}
