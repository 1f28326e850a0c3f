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

  /// Appends what decoding needs of lines.
  /// - Parameter vectors: those of ``vectors(groups:)``.
  func append(
    _ lines: Range<Int>, of corpus: IndexedCorpus, _ held: HeldOutScores, _ vectors: [SIMD16<Float>],
    to evidence: inout LineEvidence
  ) {
    let groups = held.groups
    let size = FeatureBlock.count * groups
    let mask = (0..<groups).map { group in
      SIMD16<Float>((0..<16).map { group * 16 + $0 < labelCount ? 1 : 0 })
    }
    vectors.withUnsafeBufferPointer { vectors in
      held.scores.withUnsafeBufferPointer { scores in
        corpus.lines.withUnsafeBufferPointer { known in
          evidence.append(lines.count) { likelihoods, forms in
            for line in lines {
              let out = likelihoods + (line - lines.lowerBound) * groups
              let first = known[line].lengthClass * size
              var largest = -Float.infinity
              for group in 0..<groups {
                var score = vectors[LengthClass.count * size + group]
                for block in 0..<FeatureBlock.count {
                  score += scores[line * size + block * groups + group] * vectors[first + block * groups + group]
                }
                largest = max(largest, score.largest)
                out[group] = score
              }
              for group in 0..<groups { out[group] = Reproducible.exp(out[group] - largest) * mask[group] }
              forms[line - lines.lowerBound] = UInt8(known[line].form)
            }
            return lines.count
          }
        }
      }
    }
  }
}
