/// What meets at each line of a page: its own evidence, and the messages of the lines before and after it.
///
/// The forward–backward recursion (Rabiner 1989) anew in double precision over the same single-precision tables, so
/// that posteriors equal the classifier's to float tolerance, and their logarithms are sums to 1e-9.
struct PageMessages {
  /// All by line, then by label, in nats and up to a constant a line.
  private(set) var evidence: [[Double]] = []
  /// The log prediction of the line's label by all lines before it, or by the beginning of the page.
  private(set) var before: [[Double]] = []
  /// The log likelihood of all lines after it, or of the end of the page, by its label and what is before it.
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
    let predictions = Self.predictions(likelihoods, forms, chain)
    let outlooks = Self.outlooks(likelihoods, forms, chain)
    for (prediction, outlook) in zip(predictions, outlooks) {
      let labels = (0..<chain.labelCount).map { label in
        stride(from: label, to: prediction.count, by: chain.labelCount).reduce((before: 0.0, joint: 0.0)) {
          ($0.before + prediction[$1], $0.joint + prediction[$1] * outlook[$1])
        }
      }
      before.append(Self.logs(labels.map(\.before)))
      // What is behind a line depends on its place: the mean over the places that it may have by what is before it.
      after.append(Self.logs(labels.map { $0.before > 0 ? $0.joint / $0.before : 0 }))
    }
  }

  /// The predictions of each line's places by all lines before it.
  private static func predictions(_ likelihoods: [[Double]], _ forms: [Int], _ chain: Chain) -> [[Double]] {
    let places = chain.places
    let origins = places.map { chain.origins(of: $0) }
    var predictions: [[Double]] = []
    var alpha: [Double] = []
    for line in likelihoods.indices {
      var prediction = [Double](repeating: 0, count: chain.phases.placeCount)
      for (place, origins) in zip(places, origins) {
        prediction[place] =
          line == 0
          ? Double(chain.initial(place: place, form: forms[0]))
          : origins.reduce(0.0) { sum, from in
            let step = chain.probability(from: (from, forms[line - 1]), to: (place, forms[line]))
            return sum + alpha[from] * Double(step)
          }
      }
      predictions.append(prediction)
      alpha = normalized(prediction.indices.map { prediction[$0] * likelihoods[line][$0 % chain.labelCount] })
    }
    return predictions
  }

  /// The likelihoods of all lines after each line, by its place.
  private static func outlooks(_ likelihoods: [[Double]], _ forms: [Int], _ chain: Chain) -> [[Double]] {
    let places = chain.places
    let origins = places.map { chain.origins(of: $0) }
    var outlooks: [[Double]] = []
    var beta = (0..<chain.phases.placeCount).map { Double(chain.final(place: $0)) }
    for line in likelihoods.indices.reversed() {
      outlooks.append(beta)
      guard line > 0 else { break }
      var before = [Double](repeating: 0, count: beta.count)
      for (place, origins) in zip(places, origins) {
        let weighted = beta[place] * likelihoods[line][place % chain.labelCount]
        for from in origins {
          let step = chain.probability(from: (from, forms[line - 1]), to: (place, forms[line]))
          before[from] += Double(step) * weighted
        }
      }
      beta = normalized(before)
    }
    return outlooks.reversed()
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
