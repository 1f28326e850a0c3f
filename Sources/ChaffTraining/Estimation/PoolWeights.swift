import Chaff

/// The weights of the log-opinion pool: how much each block counts for each label, and what is added to each label.
struct PoolWeights: Sendable, Equatable {
  let labelCount: Int
  /// `blocks × length classes × labels`.
  var weights: [Double]
  /// In nats, by label.
  var bias: [Double]

  init(labelCount: Int) {
    self.labelCount = labelCount
    weights = Array(repeating: 0.2, count: FeatureBlock.count * LengthClass.count * labelCount)
    bias = Array(repeating: 0, count: labelCount)
  }

  /// Where the weights of a block on lines of a length class lie, one for each label.
  func range(_ block: Int, _ lengthClass: Int) -> Range<Int> {
    let start = (block * LengthClass.count + lengthClass) * labelCount
    return start..<start + labelCount
  }

  /// The weights and the bias as vectors, `(length classes × blocks + 1) × groups`: what ``append(_:of:_:_:to:)`` reads.
  func vectors(groups: Int) -> [SIMD16<Float>] {
    var result: [SIMD16<Float>] = []
    func add(_ values: ArraySlice<Double>, padding: Float) {
      for group in 0..<groups {
        var vector = SIMD16<Float>(repeating: padding)
        for lane in 0..<min(16, labelCount - group * 16) {
          vector[lane] = Float(values[values.startIndex + group * 16 + lane])
        }
        result.append(vector)
      }
    }
    for length in 0..<LengthClass.count {
      for block in 0..<FeatureBlock.count { add(weights[range(block, length)], padding: 0) }
    }
    add(bias[...], padding: -1e30)
    return result
  }

  /// Appends what decoding needs of a line.
  /// - Parameter vectors: those of ``vectors(groups:)``.
  func append(
    _ line: Int, of corpus: IndexedCorpus, _ held: HeldOutScores, _ vectors: [SIMD16<Float>],
    to evidence: inout LineEvidence
  ) {
    let groups = held.groups
    var largest = -Float.infinity
    let start = evidence.likelihoods.count
    let base = line * FeatureBlock.count * groups
    let first = corpus.lines[line].lengthClass * FeatureBlock.count * groups
    let bias = LengthClass.count * FeatureBlock.count * groups
    for group in 0..<groups {
      var score = vectors[bias + group]
      for block in 0..<FeatureBlock.count {
        score += held.scores[base + block * groups + group] * vectors[first + block * groups + group]
      }
      largest = max(largest, score.max())
      evidence.likelihoods.append(score)
    }
    for index in start..<evidence.likelihoods.count {
      let group = index - start
      var likelihood = Reproducible.exp(evidence.likelihoods[index] - largest)
      for lane in 0..<16 where group * 16 + lane >= labelCount { likelihood[lane] = 0 }
      evidence.likelihoods[index] = likelihood
    }
    evidence.forms.append(UInt8(corpus.lines[line].form))
  }
}
