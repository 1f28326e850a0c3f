import Chaff
import ChaffTraining
import Testing

/// Random chains and evidence, and what follows from them by trying every sequence of places.
struct RandomChain {
  let chain: Chain
  var evidence: LineEvidence
  let labels: Int

  /// - Parameters:
  ///   - labels: how many labels.
  ///   - lines: how many lines.
  ///   - generator: where the numbers come from.
  init(labels: Int, lines: Int, using generator: inout SplitMix64) {
    self.init(PagePhases(labelCount: labels), lines: lines, using: &generator)
  }

  /// A chain of several phases.
  /// - Parameters:
  ///   - labels: how many labels, from 3 to 16.
  ///   - article: those of the article.
  ///   - text: that of its text.
  init(
    phasedLabels labels: Int, article: Range<Int> = 0..<2, text: Int = 1, lines: Int, using generator: inout SplitMix64
  ) throws {
    func letter(_ label: Int) -> String { String(UnicodeScalar(UInt8(0x61 + label))) }
    let paths = (0..<labels).map { label in
      article.contains(label) ? "\(letter(article.lowerBound))/\(letter(label))" : letter(label)
    }
    let set = LabelSet(try paths.map { try #require(Label($0)) })
    self.init(PagePhases(set, text: text), lines: lines, using: &generator)
  }

  private init(_ phases: PagePhases, lines: Int, using generator: inout SplitMix64) {
    var counts = ChainCounts(phases: phases)
    for index in counts.first.indices { counts.first[index] = .random(in: 0...9, using: &generator) }
    for index in counts.last.indices { counts.last[index] = .random(in: 0...9, using: &generator) }
    for index in counts.lines.indices { counts.lines[index] = .random(in: 0...30, using: &generator) }
    for index in counts.pairs.indices { counts.pairs[index] = .random(in: 0...20, using: &generator) }
    for place in counts.first.indices where phases.position(place) == nil {
      counts.first[place] = 0
      counts.last[place] = 0
      for form in 0..<LineForm.count { counts.lines[form * phases.placeCount + place] = 0 }
    }
    self.init(
      Chain(counts: counts, smoothing: 1.5, formSmoothing: 4), phases.labelCount, lines, using: &generator)
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

  /// The likelihood of the page together with a sequence of places.
  func joint(_ path: [Int], isEnd: Bool = true) -> Double {
    var product = 1.0
    for (line, place) in path.enumerated() {
      let form = Int(evidence.forms[line])
      if line == 0 {
        product *= Double(chain.initial(place: place, form: form))
      } else {
        let before = (place: path[line - 1], form: Int(evidence.forms[line - 1]))
        product *= Double(chain.probability(from: before, to: (place, form)))
      }
      product *= Double(lane(evidence.likelihoods, line * chain.groups, label(of: place)))
    }
    return isEnd ? product * Double(chain.final(place: path[path.count - 1])) : product
  }

  /// The label of a place.
  func label(of place: Int) -> Int { place % labels }

  private func lane(_ vectors: [SIMD16<Float>], _ start: Int, _ label: Int) -> Float {
    vectors[start + label / 16][label % 16]
  }

  /// Every sequence of places, in ascending order.
  var paths: [[Int]] {
    let places = chain.places
    return (0..<evidence.count).reduce([[]]) { paths, _ in paths.flatMap { path in places.map { path + [$0] } } }
  }

  /// Posterior marginals `[line][label]`, by summing over all paths.
  func marginals(isEnd: Bool = true) -> [[Double]] {
    var sums = [[Double]](repeating: Array(repeating: 0, count: labels), count: evidence.count)
    var total = 0.0
    for path in paths {
      let joint = joint(path, isEnd: isEnd)
      total += joint
      for (line, place) in path.enumerated() { sums[line][label(of: place)] += joint }
    }
    return sums.map { line in line.map { $0 / total } }
  }

  /// Posterior marginals `[line][label]` by the recursion over all places, in double precision.
  func recursion() -> [[Double]] {
    let places = chain.places
    func weigh(_ vector: [Double], _ line: Int) -> [Double] {
      let weighed = zip(places, vector).map { place, value in
        value * Double(lane(evidence.likelihoods, line * chain.groups, label(of: place)))
      }
      return weighed.map { $0 / weighed.reduce(0, +) }
    }
    func step(_ line: Int, _ from: Int, _ to: Int) -> Double {
      Double(chain.probability(from: (from, Int(evidence.forms[line - 1])), to: (to, Int(evidence.forms[line]))))
    }
    var alphas = [weigh(places.map { Double(chain.initial(place: $0, form: Int(evidence.forms[0]))) }, 0)]
    for line in 1..<evidence.count {
      let before = zip(places, alphas[line - 1])
      alphas.append(weigh(places.map { to in before.reduce(0) { $0 + $1.1 * step(line, $1.0, to) } }, line))
    }
    var beta = places.map { Double(chain.final(place: $0)) }
    var posteriors: [[Double]] = []
    for line in (0..<evidence.count).reversed() {
      var sums = [Double](repeating: 0, count: labels)
      for (index, place) in places.enumerated() { sums[label(of: place)] += alphas[line][index] * beta[index] }
      posteriors.append(sums.map { $0 / sums.reduce(0, +) })
      guard line > 0 else { break }
      let behind = zip(places, weigh(beta, line))
      beta = places.map { from in behind.reduce(0) { $0 + $1.1 * step(line, from, $1.0) } }
    }
    return posteriors.reversed()
  }

  /// The logarithm of the page's likelihood without the paths that go by some labels, by the recursion over all places, in
  /// double precision.
  func logLikelihood(without isForbidden: (Int) -> Bool) -> Double {
    let places = chain.places
    var logarithm = 0.0
    var alpha: [Double] = []
    for line in 0..<evidence.count {
      let form = Int(evidence.forms[line])
      alpha = places.map { to in
        guard !isForbidden(label(of: to)) else { return 0 }
        let before =
          line == 0
          ? Double(chain.initial(place: to, form: form))
          : zip(places, alpha).reduce(0) { sum, from in
            let before = (place: from.0, form: Int(evidence.forms[line - 1]))
            return from.1 == 0 ? sum : sum + from.1 * Double(chain.probability(from: before, to: (to, form)))
          }
        return before * Double(lane(evidence.likelihoods, line * chain.groups, label(of: to)))
      }
      let sum = alpha.reduce(0, +)
      logarithm += Reproducible.log(sum)
      alpha = alpha.map { $0 / sum }
    }
    return logarithm + Reproducible.log(zip(places, alpha).reduce(0) { $0 + $1.1 * Double(chain.final(place: $1.0)) })
  }

  /// The labels of the path of the greatest joint likelihood.
  func bestPath() -> [Int] {
    (paths.max { joint($0) < joint($1) } ?? []).map(label)
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
