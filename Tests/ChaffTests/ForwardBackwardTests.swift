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

  @Test(arguments: 1...4)
  func `Posteriors under phases equal those of all sequences of places`(_ lines: Int) throws {
    var generator = SplitMix64(seed: UInt64(32 + lines))
    for labels in [3, 4] {
      let page = try RandomChain(phasedLabels: labels, lines: lines, using: &generator)
      #expect(distance(page.decoded(), page.marginals()) <= 1e-5)
      #expect(distance(page.decoded(isEnd: false), page.marginals(isEnd: false)) <= 1e-5)
    }
  }

  @Test(arguments: 1...5)
  func `A window under phases that looks at the rest of the page equals decoding at once`(_ decided: Int) throws {
    var generator = SplitMix64(seed: UInt64(45 + decided))
    let page = try RandomChain(phasedLabels: 13, lines: 6, using: &generator)
    var decoder = ForwardBackward(chain: page.chain)
    var posteriors: [SIMD16<Float>] = []
    decoder.decode(page.evidence, decided: decided, isEnd: false, posteriors: &posteriors)
    var rest = page.evidence
    rest.removeFirst(decided)
    decoder.decode(rest, decided: rest.count, isEnd: true, posteriors: &posteriors)
    let found = page.table(posteriors)
    #expect(distance(Array(found[..<decided]), Array(page.decoded(isEnd: false)[..<decided])) <= 1e-5)
    #expect(distance(Array(found[decided...]), Array(page.decoded()[decided...])) <= 1e-5)
  }

  /// The first is the standard model's, for which loops are compiled by themselves.
  static let layouts: [(labels: Int, article: Range<Int>, text: Int)] = [
    (13, 0..<4, 0), (4, 1..<3, 2), (5, 2..<3, 2), (6, 0..<3, 2), (3, 0..<1, 0), (14, 0..<4, 0), (16, 12..<16, 12),
  ]

  @Test(arguments: layouts)
  func `Posteriors under phases are right wherever the article's labels stand`(
    _ layout: (labels: Int, article: Range<Int>, text: Int)
  ) throws {
    var generator = SplitMix64(seed: UInt64(60 + layout.labels))
    for lines in [1, 2, 3, 40] {
      let page = try RandomChain(
        phasedLabels: layout.labels, article: layout.article, text: layout.text, lines: lines, using: &generator)
      #expect(distance(page.decoded(), page.recursion()) <= 1e-5)
    }
  }

  /// On long pages phases die; what that takes away cannot be seen.
  @Test func `Long pages under phases equal the recursion over all places in double precision`() throws {
    var generator = SplitMix64(seed: 59)
    for _ in 0..<3 {
      var page = try RandomChain(phasedLabels: 13, lines: 300, using: &generator)
      // Menus, an article and menus again, each all but sure.
      for line in 0..<300 {
        for label in 0..<13 where (label < 2) != (100..<200).contains(line) {
          page.evidence.likelihoods[line][label] *= 1e-3
        }
      }
      #expect(distance(page.decoded(), page.recursion()) <= 1e-4)
    }
  }

  /// Lines all alike leave most phases possible by the lines before, and one by those behind too.
  @Test(arguments: layouts)
  func `Pages of one line over and over equal the recursion over all places`(
    _ layout: (labels: Int, article: Range<Int>, text: Int)
  ) throws {
    var generator = SplitMix64(seed: UInt64(70 + layout.labels))
    for label in 0..<layout.labels {
      var page = try RandomChain(
        phasedLabels: layout.labels, article: layout.article, text: layout.text, lines: 100, using: &generator)
      for other in 0..<layout.labels where other != label { page.evidence.likelihoods[0][other] *= 1e-4 }
      for line in 1..<100 {
        page.evidence.likelihoods[line] = page.evidence.likelihoods[0]
        page.evidence.forms[line] = page.evidence.forms[0]
      }
      #expect(distance(page.decoded(), page.recursion()) <= 1e-5)
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

  /// The same under phases.
  @Test func `A chain of phases that leaves nothing of a line keeps posteriors that sum to 1`() throws {
    let labels = LabelSet(try ["a/text", "a/title", "menu"].map { try #require(Label($0)) })
    var counts = ChainCounts(phases: PagePhases(labels, text: 0))
    for state in 0..<counts.stateCount {
      if let pair = counts.pair(from: state, to: state) { counts.pairs[pair] = 1 << 40 }
    }
    let chain = Chain(counts: counts, smoothing: 1e-9, formSmoothing: 1e-9)
    var evidence = LineEvidence(groups: 1)
    for line in 0..<60 {
      var likelihoods = SIMD16<Float>(repeating: 0)
      for label in 0..<3 { likelihoods[label] = label == line / 3 % 3 ? 1 : 1.8e-35 }
      evidence.likelihoods.append(likelihoods)
      evidence.forms.append(UInt8(line * 7 % LineForm.count))
    }
    var decoder = ForwardBackward(chain: chain)
    var posteriors: [SIMD16<Float>] = []
    decoder.decode(evidence, decided: 60, isEnd: true, posteriors: &posteriors)
    for line in 0..<60 { #expect(abs(posteriors[line].treeSum - 1) <= 1e-5, "line \(line)") }
  }

  /// Counts and smoothing at the extremes that a model may have: steps of which single precision leaves nothing.
  @Test(arguments: [2, 3, 20])
  func `A chain that leaves nothing of a line keeps posteriors that sum to 1`(_ labels: Int) {
    var counts = ChainCounts(phases: PagePhases(labelCount: labels))
    for form in 0..<LineForm.count {
      counts.lines[form * labels] = 1 << 40
      if let pair = counts.pair(from: form * labels, to: form * labels) { counts.pairs[pair] = 1 << 40 }
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
