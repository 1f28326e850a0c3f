import CLanes

/// How sure a model may be: its posteriors to the power of 1/T, scaled to a sum of 1 again (temperature scaling, Guo et al.
/// 2017, section 4.2).
///
/// Lines of a page repeat each other's evidence, and pages of other sites hold words that training did not know, so that
/// posteriors of the chain are too near 0 and 1. The order of a line's labels stays.
///
/// The power is a number of eighths: a product of eighth roots, from products and sums, which every machine rounds alike.
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
    let lines = posteriors.count / groups
    posteriors.withUnsafeMutableBufferPointer {
      if let base = $0.baseAddress { chaff_temper(base.lanes, lines, groups, Int32(eighths)) }
    }
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
