/// Turns the bytes of a line into the pool's log-likelihood of each label.
///
/// `log L(k) = bias(k) + Σ_b w(b, length) Σ_f log p(f | k) / p(f)` over the features *f* of block *b* that the line holds,
/// each once (a log-opinion pool of naive Bayes models). Features that the model does not know say nothing.
///
/// Not `Sendable`: it owns scratch memory. Make one a thread.
package final class LineScorer {
  package let model: Model
  /// Behind a pointer: a stored property would be checked for exclusive access at every line.
  private let sink: UnsafeMutablePointer<ScoringSink>
  private let groups: Int
  private let usesForms: Bool
  private let scores: UnsafeMutablePointer<SIMD16<Float>>
  // Copies of the model's arrays, reached without reference counting.
  private let shapeRows: UnsafeMutablePointer<SIMD16<Int8>>
  private let coefficients: UnsafeMutablePointer<Float>
  private let bias: UnsafeMutablePointer<SIMD16<Float>>
  /// 1 in the lanes of labels, 0 in padding, whose bias keeps it from being the largest.
  private let mask: UnsafeMutablePointer<SIMD16<Float>>

  package init(model: Model) {
    self.model = model
    groups = model.labelGroups
    usesForms = model.parameters.usesForms
    sink = .allocate(capacity: 1)
    sink.initialize(to: ScoringSink(table: model.table, groups: model.labelGroups))
    scores = .allocate(capacity: groups)
    scores.initialize(repeating: SIMD16(repeating: 0), count: groups)
    shapeRows = Self.copy(model.shapeRows)
    coefficients = Self.copy(model.coefficients)
    bias = Self.copy(model.bias)
    let count = model.labels.count
    mask = Self.copy(
      (0..<groups).map { group in
        var lanes = SIMD16<Float>(repeating: 0)
        for lane in 0..<16 where group * 16 + lane < count { lanes[lane] = 1 }
        return lanes
      })
  }

  private static func copy<T: BitwiseCopyable>(_ array: [T]) -> UnsafeMutablePointer<T> {
    let pointer = UnsafeMutablePointer<T>.allocate(capacity: max(1, array.count))
    pointer.initialize(from: array, count: array.count)
    return pointer
  }

  deinit {
    sink.pointee.deallocate()
    sink.deinitialize(count: 1)
    sink.deallocate()
    scores.deallocate()
    shapeRows.deallocate()
    coefficients.deallocate()
    bias.deallocate()
    mask.deallocate()
  }

  /// Scans a line and sums its blocks.
  /// - Complexity: O(bytes).
  @inline(__always)
  package func scan(_ line: UnsafeBufferPointer<UInt8>) -> LineLook {
    sink.pointee.beginLine()
    let look = LineScanner.scan(line, into: &sink.pointee)
    sink.pointee.endLine()
    return look
  }

  /// The log-likelihoods of the line that was scanned last, in nats, up to a constant.
  @inline(__always)
  private func score(_ look: LineLook) {
    ShapeFeatures.forEach(look) { feature in
      for group in 0..<groups { sink.pointee.addShape(shapeRows[feature &* groups &+ group], group: group) }
    }
    let row = coefficients + LengthClass.of(look) &* FeatureBlock.count
    for group in 0..<groups {
      var score = bias[group]
      for block in 0..<FeatureBlock.count { score += sink.pointee.sum(block, group: group) * row[block] }
      scores[group] = score
    }
  }

  /// Appends what decoding needs of the line.
  /// - Parameter look: what ``scan(_:)`` returned for the line.
  @inline(__always)
  package func append(_ look: LineLook, to evidence: inout LineEvidence) {
    score(look)
    var largest = -Float.infinity
    for group in 0..<groups {
      largest = Swift.max(largest, scores[group].roughlyLargest)
    }
    for group in 0..<groups {
      evidence.likelihoods.append(Reproducible.exp(scores[group] - largest) * mask[group])
    }
    evidence.forms.append(usesForms ? UInt8(truncatingIfNeeded: LineForm.of(look)) : 0)
  }

  /// The log-likelihoods in nats of a line, one for each label.
  package func logLikelihoods(_ line: UnsafeBufferPointer<UInt8>) -> [Float] {
    score(scan(line))
    return (0..<model.labels.count).map { scores[$0 / 16][$0 % 16] }
  }
}
