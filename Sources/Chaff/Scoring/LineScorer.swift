/// Turns the bytes of a line into the pool's log-likelihood of each label.
///
/// `log L(k) = bias(k) + Σ_b w(b, length) Σ_f log p(f | k) / p(f)` over the features *f* of block *b* that the line holds,
/// each once (a log-opinion pool of naive Bayes models). Features that the model does not know say nothing.
///
/// Not `Sendable`: it owns scratch memory. Make one a thread.
package final class LineScorer {
  package let model: Model
  private var sink: ScoringSink
  private let groups: Int
  private let usesForms: Bool
  /// 1 in the lanes of labels, 0 in padding.
  private let mask: [SIMD16<Float>]
  /// The sums of the last line's blocks, in quantisation units.
  package var sums: UnsafeBufferPointer<SIMD16<Int32>> {
    UnsafeBufferPointer(start: sink.sums, count: FeatureBlock.count * groups)
  }
  private let scores: UnsafeMutablePointer<SIMD16<Float>>

  package init(model: Model) {
    self.model = model
    groups = model.labelGroups
    usesForms = model.parameters.usesForms
    let stamps = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, model.table.rowCount))
    stamps.initialize(repeating: 0, count: max(1, model.table.rowCount))
    let sums = UnsafeMutablePointer<SIMD16<Int32>>.allocate(capacity: FeatureBlock.count * groups)
    sums.initialize(repeating: SIMD16(repeating: 0), count: FeatureBlock.count * groups)
    scores = .allocate(capacity: groups)
    scores.initialize(repeating: SIMD16(repeating: 0), count: groups)
    sink = ScoringSink(table: model.table, stamps: stamps, sums: sums, groups: groups)
    let count = model.labels.count
    mask = (0..<groups).map { group in
      var lanes = SIMD16<Float>(repeating: 0)
      for lane in 0..<16 where group * 16 + lane < count { lanes[lane] = 1 }
      return lanes
    }
  }

  deinit {
    sink.stamps.deallocate()
    sink.sums.deallocate()
    scores.deallocate()
  }

  /// Scans a line and sums its blocks.
  /// - Complexity: O(bytes).
  @inline(__always)
  package func scan(_ line: UnsafeBufferPointer<UInt8>) -> LineLook {
    sink.stamp &+= 1
    if sink.stamp == 0 {
      // The stamps have wrapped round: forget them.
      sink.stamps.update(repeating: 0, count: max(1, model.table.rowCount))
      sink.stamp = 1
    }
    for index in 0..<FeatureBlock.count * groups { sink.sums[index] = SIMD16(repeating: 0) }
    return LineScanner.scan(line, into: &sink)
  }

  /// The log-likelihoods of the line that was scanned last, in nats, up to a constant.
  @inline(__always)
  private func score(_ look: LineLook) {
    addShape(look)
    let coefficients = LengthClass.of(look) &* FeatureBlock.count
    for group in 0..<groups {
      var score = model.bias[group]
      for block in 0..<FeatureBlock.count {
        let sum = SIMD16<Float>(sink.sums[block &* groups &+ group])
        score += sum * model.coefficients[coefficients &+ block]
      }
      scores[group] = score
    }
  }

  @inline(__always)
  private func addShape(_ look: LineLook) {
    let base = FeatureBlock.shape.rawValue &* groups
    model.shapeRows.withUnsafeBufferPointer { rows in
      ShapeFeatures.forEach(look) { feature in
        for group in 0..<groups {
          sink.sums[base &+ group] &+= SIMD16(truncatingIfNeeded: rows[feature &* groups &+ group])
        }
      }
    }
  }

  /// Appends what decoding needs of the line.
  /// - Parameter look: what ``scan(_:)`` returned for the line.
  @inline(__always)
  package func append(_ look: LineLook, to evidence: inout LineEvidence) {
    score(look)
    var largest = -Float.infinity
    for group in 0..<groups {
      largest = Swift.max(largest, scores[group].replacing(with: -1e30, where: mask[group] .== 0).max())
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
