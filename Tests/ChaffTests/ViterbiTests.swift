import Chaff
import ChaffTraining
import Testing

struct ViterbiTests {
  @Test(arguments: 0...6)
  func `The path is the best of all`(_ lines: Int) {
    var generator = SplitMix64(seed: UInt64(60 + lines))
    for _ in 0..<10 {
      let page = RandomChain(labels: 3, lines: lines, using: &generator)
      #expect(Viterbi.decode(page.evidence, chain: page.chain) == page.bestPath())
    }
  }

  @Test(arguments: 1...4)
  func `The path under phases is the best of all`(_ lines: Int) throws {
    var generator = SplitMix64(seed: UInt64(66 + lines))
    let page = try RandomChain(phasedLabels: 3, lines: lines, using: &generator)
    #expect(Viterbi.decode(page.evidence, chain: page.chain) == page.bestPath())
  }

  @Test func `More than sixteen labels are decoded as well`() {
    var generator = SplitMix64(seed: 70)
    let page = RandomChain(labels: 18, lines: 3, using: &generator)
    #expect(Viterbi.decode(page.evidence, chain: page.chain) == page.bestPath())
  }

  @Test func `Of equal paths the one with the lower labels is taken`() {
    let chain = Chain(counts: ChainCounts(phases: PagePhases(labelCount: 3)), smoothing: 1, formSmoothing: 1)
    var evidence = LineEvidence(groups: 1)
    evidence.likelihoods = Array(repeating: SIMD16(repeating: 1), count: 4)
    evidence.forms = [0, 1, 2, 3]
    #expect(Viterbi.decode(evidence, chain: chain) == [0, 0, 0, 0])
  }

  @Test func `A label that a line rules out is not taken`() {
    var generator = SplitMix64(seed: 71)
    let page = RandomChain(labels: 2, lines: 3, using: &generator)
    var evidence = page.evidence
    evidence.likelihoods[1][0] = 0
    #expect(Viterbi.decode(evidence, chain: page.chain)[1] == 1)
  }
}
