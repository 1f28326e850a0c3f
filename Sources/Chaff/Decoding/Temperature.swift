import CLanes

/// How sure a model may be: its posteriors to the power of 1/T, scaled to a sum of 1 again (temperature scaling, Guo et al.
/// 2017, section 4.2).
///
/// Lines of a page repeat each other's evidence, and pages of other sites hold words that training did not know, so that
/// posteriors of the chain are too near 0 and 1. The order of a line's labels stays.
///
/// The power is a number of eighths: a product of square roots, which every machine rounds alike.
package struct Temperature: Sendable, Equatable {
  /// The powers that a model may have, in eighths; with 8, posteriors stay as they are.
  package static let powers = 1...8
  /// No change.
  package static let none = Temperature(eighths: 8)

  /// The power: 8/T.
  package let eighths: Int

  /// - Precondition: `eighths` is one of ``powers``.
  package init(eighths: Int) {
    precondition(Self.powers.contains(eighths))
    self.eighths = eighths
  }

  /// The power: 1/T.
  package var power: Double { Double(eighths) / 8 }

  /// The temperature *T*.
  package var value: Double { 8 / Double(eighths) }

  /// Changes the posteriors of lines.
  /// - Parameters:
  ///   - posteriors: `lines × groups` vectors.
  ///   - groups: vectors a line.
  package func apply(to posteriors: inout [SIMD16<Float>], groups: Int) {
    guard eighths < 8 else { return }
    posteriors.withUnsafeMutableBufferPointer { posteriors in
      guard let base = posteriors.baseAddress else { return }
      guard groups > 1 else { return chaff_temper(base.lanes, posteriors.count, Int32(eighths)) }
      for line in 0..<posteriors.count / groups { apply(base + line &* groups, groups) }
    }
  }

  @inline(__always)
  private func apply(_ line: UnsafeMutablePointer<SIMD16<Float>>, _ groups: Int) {
    var sum: Float = 0
    for group in 0..<groups {
      line[group] = raised(line[group])
      sum += line[group].treeSum
    }
    // Nothing can be left of a line whose chain was crafted; it stays so.
    let scale = sum > 0 ? 1 / sum : 0
    for group in 0..<groups { line[group] *= scale }
  }

  @inline(__always)
  private func raised(_ vector: SIMD16<Float>) -> SIMD16<Float> {
    let half = vector.squareRoot()
    let quarter = half.squareRoot()
    var result = SIMD16<Float>(repeating: 1)
    if eighths & 4 != 0 { result = half }
    if eighths & 2 != 0 { result *= quarter }
    if eighths & 1 != 0 { result *= quarter.squareRoot() }
    return result
  }

  /// Changes the probability of something that is or is not.
  package func apply(to probability: Double) -> Double {
    guard eighths < 8 else { return probability }
    func raised(_ value: Double) -> Double {
      let quarter = value.squareRoot().squareRoot()
      let roots = [(4, value.squareRoot()), (2, quarter), (1, quarter.squareRoot())]
      return roots.reduce(1) { eighths & $1.0 != 0 ? $0 * $1.1 : $0 }
    }
    let (yes, no) = (raised(probability), raised(1 - probability))
    return yes / (yes + no)
  }
}
