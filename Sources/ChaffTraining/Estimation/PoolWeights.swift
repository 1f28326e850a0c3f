import CLanes
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

  /// The weights and the bias as vectors.
  func vectors(groups: Int) -> Vectors {
    let mask = (0..<groups).map { group in
      SIMD16<Float>((0..<16).map { group * 16 + $0 < labelCount ? 1 : 0 })
    }
    return Vectors(weights: byLength(groups: groups) + lanes(bias[...], groups, padding: -200_000), mask: mask)
  }

  /// The weights alone: `length classes × blocks × groups`.
  func byLength(groups: Int) -> [SIMD16<Float>] {
    (0..<LengthClass.count).flatMap { length in
      (0..<FeatureBlock.count).flatMap { lanes(weights[range($0, length)], groups, padding: 0) }
    }
  }

  /// The numbers of labels as vectors.
  private func lanes(_ values: ArraySlice<Double>, _ groups: Int, padding: Float) -> [SIMD16<Float>] {
    (0..<groups).map { group in
      var vector = SIMD16<Float>(repeating: padding)
      for lane in 0..<min(16, labelCount - group * 16) {
        vector[lane] = Float(values[values.startIndex + group * 16 + lane])
      }
      return vector
    }
  }

  /// The pool as ``Vectors/append(_:of:to:)`` reads it.
  struct Vectors: Sendable {
    /// The weights and, behind them, the bias: `(length classes × blocks + 1) × groups`.
    fileprivate let weights: [SIMD16<Float>]
    /// 1 in the lanes of labels, 0 in padding.
    fileprivate let mask: [SIMD16<Float>]
  }
}

extension PoolWeights.Vectors {
  /// Appends what decoding needs of lines.
  func append(_ lines: Range<Int>, of held: HeldOutScores, to evidence: inout LineEvidence) {
    evidence.append(lines.count) { likelihoods, forms in
      held.forms.withUnsafeBufferPointer { known in
        for line in lines { forms[line - lines.lowerBound] = known[line] }
      }
      if held.groups == 1 {
        pool(lines, of: held, to: likelihoods)
      } else {
        poolWide(lines, of: held, to: likelihoods)
      }
      return lines.count
    }
  }

  /// The likelihoods of lines of up to sixteen labels. Compiled for the processor's own vectors this takes a third of the
  /// time.
  fileprivate func pool(
    _ lines: Range<Int>, of held: HeldOutScores, to likelihoods: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    held.lengthClasses.withUnsafeBufferPointer { lengths in
      held.scores.withLanes { scores in
        weights.withLanes { weights in
          mask.withLanes { mask in
            guard let lengths = lengths.baseAddress else { return }
            chaff_pool_held_out(
              scores + lines.lowerBound * FeatureBlock.count * 16, lengths + lines.lowerBound, lines.count, weights,
              weights + LengthClass.count * FeatureBlock.count * 16, mask,
              UnsafeMutableRawPointer(likelihoods).assumingMemoryBound(to: Float.self))
          }
        }
      }
    }
  }

  /// The same for any number of labels.
  func poolWide(_ lines: Range<Int>, of held: HeldOutScores, to likelihoods: UnsafeMutablePointer<SIMD16<Float>>) {
    let groups = held.groups
    let size = FeatureBlock.count * groups
    weights.withUnsafeBufferPointer { vectors in
      held.scores.withUnsafeBufferPointer { scores in
        for line in lines {
          let out = likelihoods + (line - lines.lowerBound) * groups
          let first = Int(held.lengthClasses[line]) * size
          var largest = -Float.infinity
          for group in 0..<groups {
            var score = vectors[LengthClass.count * size + group]
            for block in 0..<FeatureBlock.count {
              score += scores[line * size + block * groups + group] * vectors[first + block * groups + group]
            }
            largest = max(largest, score.nearlyLargest)
            out[group] = score
          }
          for group in 0..<groups { out[group] = Reproducible.exp(out[group] - largest) * mask[group] }
        }
      }
    }
  }
}

extension [SIMD16<Float>] {
  /// Calls `body` with the lanes of the vectors, one after the other, if there are any.
  func withLanes(_ body: (UnsafePointer<Float>) -> Void) {
    withUnsafeBytes { bytes in
      if let base = bytes.baseAddress { body(base.assumingMemoryBound(to: Float.self)) }
    }
  }
}

extension SIMD16<Float> {
  /// The largest lane, as nearly as single precision takes it beside the others: a scale's exactness does not matter.
  ///
  /// max(a, b) as (a + b + |a − b|) / 2: comparing vectors of floats compiles to a loop over lanes.
  @inline(__always)
  fileprivate var nearlyLargest: Float {
    let eight = (lowHalf + highHalf + (lowHalf - highHalf).magnitudes) * 0.5
    let four = (eight.lowHalf + eight.highHalf + (eight.lowHalf - eight.highHalf).magnitudes) * 0.5
    let two = (four.lowHalf + four.highHalf + (four.lowHalf - four.highHalf).magnitudes) * 0.5
    return Swift.max(two.x, two.y)
  }
}

extension SIMD8<Float> {
  @inline(__always)
  fileprivate var magnitudes: Self {
    unsafeBitCast(unsafeBitCast(self, to: SIMD8<Int32>.self) & 0x7fff_ffff, to: Self.self)
  }
}

extension SIMD4<Float> {
  @inline(__always)
  fileprivate var magnitudes: Self {
    unsafeBitCast(unsafeBitCast(self, to: SIMD4<Int32>.self) & 0x7fff_ffff, to: Self.self)
  }
}

extension SIMD2<Float> {
  @inline(__always)
  fileprivate var magnitudes: Self {
    unsafeBitCast(unsafeBitCast(self, to: SIMD2<Int32>.self) & 0x7fff_ffff, to: Self.self)
  }
}
