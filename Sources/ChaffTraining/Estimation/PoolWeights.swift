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

  /// Each line's likelihoods, scaled so that the largest is 1, as the decoder wants them.
  func appendLikelihoods(
    of line: Int, _ lengthClass: Int, _ held: HeldOutScores, to emissions: inout [SIMD16<Float>]
  ) {
    var largest = -Float.infinity
    let start = emissions.count
    let base = line * FeatureBlock.count * held.groups
    for group in 0..<held.groups {
      var score = SIMD16<Float>(repeating: -1e30)
      for lane in 0..<16 where group * 16 + lane < bias.count { score[lane] = Float(bias[group * 16 + lane]) }
      for block in 0..<FeatureBlock.count {
        score += held.scores[base + block * held.groups + group] * Float(weight(block, lengthClass))
      }
      largest = max(largest, score.max())
      emissions.append(score)
    }
    for index in start..<emissions.count {
      let group = index - start
      var likelihood = Reproducible.exp(emissions[index] - largest)
      for lane in 0..<16 where group * 16 + lane >= bias.count { likelihood[lane] = 0 }
      emissions[index] = likelihood
    }
  }
}
