import Chaff
import ChaffTraining

/// Random chains and evidence, and what follows from them by trying every sequence of labels.
struct RandomChain {
  let chain: Chain
  var evidence: LineEvidence
  let labels: Int

  /// - Parameters:
  ///   - labels: how many labels.
  ///   - lines: how many lines.
  ///   - generator: where the numbers come from.
  init(labels: Int, lines: Int, using generator: inout SplitMix64) {
    var counts = ChainCounts(labelCount: labels)
    for index in counts.first.indices { counts.first[index] = .random(in: 0...9, using: &generator) }
    for index in counts.last.indices { counts.last[index] = .random(in: 0...9, using: &generator) }
    for index in counts.lines.indices { counts.lines[index] = .random(in: 0...30, using: &generator) }
    for index in counts.pairs.indices { counts.pairs[index] = .random(in: 0...20, using: &generator) }
    self.init(Chain(counts: counts, smoothing: 1.5, formSmoothing: 4), labels, lines, using: &generator)
  }

  private init(_ chain: Chain, _ labels: Int, _ lines: Int, using generator: inout SplitMix64) {
    self.chain = chain
    self.labels = labels
    var evidence = LineEvidence(groups: chain.groups)
    for _ in 0..<lines {
      var line = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: chain.groups)
      for label in 0..<labels { line[label / 16][label % 16] = .random(in: 0.01...1, using: &generator) }
      evidence.likelihoods += line
      evidence.forms.append(.random(in: 0..<UInt8(LineForm.count), using: &generator))
    }
    self.evidence = evidence
  }

  /// The likelihood of the page together with a sequence of labels.
  func joint(_ path: [Int], isEnd: Bool = true) -> Double {
    var product = 1.0
    for (line, label) in path.enumerated() {
      let form = Int(evidence.forms[line])
      if line == 0 {
        product *= Double(lane(chain.initial, form * chain.groups, label))
      } else {
        let before = (label: path[line - 1], form: Int(evidence.forms[line - 1]))
        product *= Double(chain.probability(from: before, to: (label, form)))
      }
      product *= Double(lane(evidence.likelihoods, line * chain.groups, label))
    }
    return isEnd ? product * Double(lane(chain.final, 0, path[path.count - 1])) : product
  }

  private func lane(_ vectors: [SIMD16<Float>], _ start: Int, _ label: Int) -> Float {
    vectors[start + label / 16][label % 16]
  }

  /// Every sequence of labels, in ascending order.
  var paths: [[Int]] {
    (0..<evidence.count).reduce([[]]) { paths, _ in paths.flatMap { path in (0..<labels).map { path + [$0] } } }
  }

  /// Posterior marginals `[line][label]`, by summing over all paths.
  func marginals(isEnd: Bool = true) -> [[Double]] {
    var sums = [[Double]](repeating: Array(repeating: 0, count: labels), count: evidence.count)
    var total = 0.0
    for path in paths {
      let joint = joint(path, isEnd: isEnd)
      total += joint
      for (line, label) in path.enumerated() { sums[line][label] += joint }
    }
    return sums.map { line in line.map { $0 / total } }
  }

  /// The path of the greatest joint likelihood.
  func bestPath() -> [Int] {
    paths.max { joint($0) < joint($1) } ?? []
  }

  /// What ``ForwardBackward`` says of a page that is decoded at once, `[line][label]`.
  func decoded(isEnd: Bool = true) -> [[Double]] {
    var decoder = ForwardBackward(chain: chain)
    var posteriors: [SIMD16<Float>] = []
    decoder.decode(evidence, decided: evidence.count, isEnd: isEnd, posteriors: &posteriors)
    return table(posteriors)
  }

  /// Vectors as `[line][label]`.
  func table(_ posteriors: [SIMD16<Float>]) -> [[Double]] {
    (0..<posteriors.count / chain.groups).map { line in
      (0..<labels).map { Double(lane(posteriors, line * chain.groups, $0)) }
    }
  }
}

/// The largest difference between two tables; infinite if their sizes differ.
func distance(_ left: [[Double]], _ right: [[Double]]) -> Double {
  guard left.map(\.count) == right.map(\.count) else { return .infinity }
  return zip(left.joined(), right.joined()).map { abs($0 - $1) }.max() ?? 0
}
