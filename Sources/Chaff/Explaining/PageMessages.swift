/// What meets at each line of a page: its own evidence, and the messages of the lines before and after it.
///
/// The forward–backward recursion (Rabiner 1989) anew in double precision over the same single-precision tables, so
/// that posteriors equal the classifier's to float tolerance, and their logarithms are sums to 1e-9.
struct PageMessages {
  /// All by line, then by label, in nats and up to a constant a line.
  private(set) var evidence: [[Double]] = []
  /// The log prediction of the line's label by all lines before it, or by the beginning of the page.
  private(set) var before: [[Double]] = []
  /// The log likelihood of all lines after it, or of the end of the page.
  private(set) var after: [[Double]] = []

  /// - Parameters:
  ///   - lines: each line's log-likelihoods and form.
  ///   - linesAlone: no messages: the labels' shares are each line's prediction.
  /// - Complexity: O(lines × labels²).
  init(_ lines: [(evidence: [Double], form: Int)], chain: Chain, linesAlone: Bool) {
    evidence = lines.map(\.evidence)
    guard !linesAlone else {
      before = lines.map { _ in Self.logs((0..<chain.labelCount).map { Self.lane(chain.prior, $0) }) }
      after = lines.map { _ in Array(repeating: 0, count: chain.labelCount) }
      return
    }
    let likelihoods = lines.map { $0.evidence.map(Reproducible.exp) }
    let forms = lines.map(\.form)
    runForward(likelihoods, forms, chain)
    runBackward(likelihoods, forms, chain)
  }

  private mutating func runForward(_ likelihoods: [[Double]], _ forms: [Int], _ chain: Chain) {
    let labels = 0..<chain.labelCount
    var alpha: [Double] = []
    for line in likelihoods.indices {
      let prediction = labels.map { label in
        guard line > 0 else { return Self.lane(chain.initial, forms[0] * chain.groups * 16 + label) }
        return labels.reduce(0.0) { sum, from in
          let step = chain.probability(from: (from, forms[line - 1]), to: (label, forms[line]))
          return sum + alpha[from] * Double(step)
        }
      }
      before.append(Self.logs(prediction))
      alpha = Self.normalized(labels.map { prediction[$0] * likelihoods[line][$0] })
    }
  }

  private mutating func runBackward(_ likelihoods: [[Double]], _ forms: [Int], _ chain: Chain) {
    let labels = 0..<chain.labelCount
    var beta = labels.map { Self.lane(chain.final, $0) }
    for line in likelihoods.indices.reversed() {
      after.append(Self.logs(beta))
      guard line > 0 else { break }
      let weighted = labels.map { beta[$0] * likelihoods[line][$0] }
      beta = Self.normalized(
        labels.map { from in
          labels.reduce(0.0) { sum, label in
            let step = chain.probability(from: (from, forms[line - 1]), to: (label, forms[line]))
            return sum + Double(step) * weighted[label]
          }
        })
    }
    after.reverse()
  }

  /// The log posterior of each label of a line; their exponentials sum to 1.
  func logPosteriors(_ line: Int, _ temperature: Temperature) -> [Double] {
    let joint = evidence[line].indices.map {
      (evidence[line][$0] + before[line][$0] + after[line][$0]) * temperature.power
    }
    let largest = joint.max() ?? 0
    let total = Reproducible.log(joint.reduce(0) { $0 + Reproducible.exp($1 - largest) })
    return joint.map { $0 - largest - total }
  }

  private static func lane(_ vectors: [SIMD16<Float>], _ label: Int) -> Double {
    Double(vectors[label / 16][label % 16])
  }

  private static func normalized(_ values: [Double]) -> [Double] {
    let sum = values.reduce(0, +)
    return sum > 0 ? values.map { $0 / sum } : values
  }

  /// A crafted model can have probabilities of 0; they count as the least that has a logarithm.
  private static func logs(_ values: [Double]) -> [Double] {
    values.map { Reproducible.log(max($0, .leastNormalMagnitude)) }
  }
}
