import Chaff
import ChaffTraining
import Testing

struct ForwardBackwardTests {
  @Test(arguments: 1...6)
  func `Posteriors equal those of all sequences of labels`(_ lines: Int) {
    var generator = SplitMix64(seed: UInt64(20 + lines))
    for _ in 0..<10 {
      let page = RandomChain(labels: 3, lines: lines, using: &generator)
      #expect(distance(page.decoded(), page.marginals()) <= 1e-5)
      #expect(distance(page.decoded(isEnd: false), page.marginals(isEnd: false)) <= 1e-5)
    }
  }

  @Test func `More than sixteen labels are decoded as well`() {
    var generator = SplitMix64(seed: 30)
    for labels in [17, 20] {
      let page = RandomChain(labels: labels, lines: 3, using: &generator)
      #expect(distance(page.decoded(), page.marginals()) <= 1e-5)
    }
  }

  @Test func `Posteriors sum to 1 and padding has none`() {
    var generator = SplitMix64(seed: 31)
    let page = RandomChain(labels: 18, lines: 40, using: &generator)
    var decoder = ForwardBackward(chain: page.chain)
    var posteriors: [SIMD16<Float>] = []
    decoder.decode(page.evidence, decided: 40, isEnd: true, posteriors: &posteriors)
    for line in 0..<40 {
      #expect(abs(posteriors[line * 2].treeSum + posteriors[line * 2 + 1].treeSum - 1) <= 1e-5)
      for lane in 2..<16 { #expect(posteriors[line * 2 + 1][lane] == 0) }
    }
  }

  @Test(arguments: 1...5)
  func `A window that looks at the rest of the page equals decoding at once`(_ decided: Int) {
    var generator = SplitMix64(seed: UInt64(40 + decided))
    for labels in [3, 18] {
      let page = RandomChain(labels: labels, lines: 6, using: &generator)
      var decoder = ForwardBackward(chain: page.chain)
      var posteriors: [SIMD16<Float>] = []
      // The first window sees all lines but not the page's end: only what it decides is compared with the same.
      decoder.decode(page.evidence, decided: decided, isEnd: false, posteriors: &posteriors)
      var rest = page.evidence
      rest.removeFirst(decided)
      decoder.decode(rest, decided: rest.count, isEnd: true, posteriors: &posteriors)
      let found = page.table(posteriors)
      #expect(distance(Array(found[..<decided]), Array(page.decoded(isEnd: false)[..<decided])) <= 1e-5)
      #expect(distance(Array(found[decided...]), Array(page.decoded()[decided...])) <= 1e-5)
    }
  }

  @Test func `Posteriors are appended to those that are there`() {
    var generator = SplitMix64(seed: 50)
    let page = RandomChain(labels: 3, lines: 2, using: &generator)
    var decoder = ForwardBackward(chain: page.chain)
    var posteriors = [SIMD16<Float>(repeating: 7)]
    decoder.decode(page.evidence, decided: 2, isEnd: true, posteriors: &posteriors)
    #expect(posteriors.count == 3 && posteriors[0] == SIMD16(repeating: 7))
    #expect(page.table(Array(posteriors[1...])) == page.decoded())
  }

  @Test func `After a reset the next page begins anew`() {
    var generator = SplitMix64(seed: 51)
    let page = RandomChain(labels: 3, lines: 4, using: &generator)
    var decoder = ForwardBackward(chain: page.chain)
    var first: [SIMD16<Float>] = []
    var carriedOn: [SIMD16<Float>] = []
    var second: [SIMD16<Float>] = []
    decoder.decode(page.evidence, decided: 4, isEnd: true, posteriors: &first)
    decoder.decode(page.evidence, decided: 4, isEnd: true, posteriors: &carriedOn)
    decoder.reset()
    decoder.decode(page.evidence, decided: 4, isEnd: true, posteriors: &second)
    #expect(first == second)
    #expect(first != carriedOn)
  }

  @Test func `No lines change nothing`() {
    var generator = SplitMix64(seed: 52)
    let page = RandomChain(labels: 3, lines: 0, using: &generator)
    #expect(page.decoded().isEmpty)
  }

  @Test func `Evidence as unlikely as it may be keeps posteriors finite`() {
    var generator = SplitMix64(seed: 53)
    let page = RandomChain(labels: 3, lines: 6, using: &generator)
    var evidence = page.evidence
    for line in 0..<6 {
      // Each line is all but sure of another label.
      for label in 0..<3 { evidence.likelihoods[line][label] = label == line % 3 ? 1 : 1.8e-35 }
    }
    var decoder = ForwardBackward(chain: page.chain)
    var posteriors: [SIMD16<Float>] = []
    decoder.decode(evidence, decided: 6, isEnd: true, posteriors: &posteriors)
    for line in 0..<6 { #expect(abs(posteriors[line][line % 3] - 1) <= 1e-6) }
  }

  /// Counts and smoothing at the extremes that a model may have: steps of which single precision leaves nothing.
  @Test(arguments: [2, 3, 20])
  func `A chain that leaves nothing of a line keeps posteriors that sum to 1`(_ labels: Int) {
    var counts = ChainCounts(labelCount: labels)
    for form in 0..<LineForm.count {
      counts.lines[form * labels] = 1 << 40
      counts.pairs[form * labels * counts.stateCount + form * labels] = 1 << 40
    }
    let chain = Chain(counts: counts, smoothing: 1e-9, formSmoothing: 1e-9)
    var evidence = LineEvidence(groups: chain.groups)
    for line in 0..<40 {
      var likelihoods = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: chain.groups)
      for label in 0..<labels { likelihoods[label / 16][label % 16] = label == line / 3 % labels ? 1 : 1.8e-35 }
      evidence.likelihoods += likelihoods
      evidence.forms.append(UInt8(line * 7 % LineForm.count))
    }
    var decoder = ForwardBackward(chain: chain)
    var posteriors: [SIMD16<Float>] = []
    decoder.decode(evidence, decided: 40, isEnd: true, posteriors: &posteriors)
    for line in 0..<40 {
      let sum = posteriors[line * chain.groups..<(line + 1) * chain.groups].reduce(0) { $0 + $1.treeSum }
      #expect(abs(sum - 1) <= 1e-5, "line \(line)")
    }
  }
}
