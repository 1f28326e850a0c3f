import Chaff

/// The weights of the log-opinion pool: how much each block counts, and what is added to each label.
struct PoolWeights: Sendable, Equatable {
  /// `blocks × length classes`.
  var weights: [Double]
  /// In nats, by label.
  var bias: [Double]

  init(labelCount: Int) {
    weights = Array(repeating: 0.2, count: FeatureBlock.count * LengthClass.count)
    bias = Array(repeating: 0, count: labelCount)
  }

  func weight(_ block: Int, _ lengthClass: Int) -> Double { weights[block * LengthClass.count + lengthClass] }

  /// Appends what decoding needs of a line.
  func append(
    _ line: Int, of corpus: IndexedCorpus, _ held: HeldOutScores, to evidence: inout LineEvidence
  ) {
    let lengthClass = corpus.lines[line].lengthClass
    var largest = -Float.infinity
    let start = evidence.likelihoods.count
    let base = line * FeatureBlock.count * held.groups
    for group in 0..<held.groups {
      var score = SIMD16<Float>(repeating: -1e30)
      for lane in 0..<16 where group * 16 + lane < bias.count { score[lane] = Float(bias[group * 16 + lane]) }
      for block in 0..<FeatureBlock.count {
        score += held.scores[base + block * held.groups + group] * Float(weight(block, lengthClass))
      }
      largest = max(largest, score.max())
      evidence.likelihoods.append(score)
    }
    for index in start..<evidence.likelihoods.count {
      let group = index - start
      var likelihood = Reproducible.exp(evidence.likelihoods[index] - largest)
      for lane in 0..<16 where group * 16 + lane >= bias.count { likelihood[lane] = 0 }
      evidence.likelihoods[index] = likelihood
    }
    evidence.forms.append(UInt8(corpus.lines[line].form))
  }
}
