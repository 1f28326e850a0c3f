/// What the log-likelihoods of a feature are multiplied by, from 0 to almost 4 in steps of 1/64.
///
/// Naive Bayes takes features for independent. Those that come together ("fund our journalism") count the same evidence
/// several times, and such as stand alone too little: training finds on held-out pages how much each should count.
package struct FeatureGain: Sendable, Equatable {
  /// How many steps make 1.
  private static let one = 64.0

  /// In steps.
  package let steps: UInt8

  /// Counts as it is.
  package static let none = FeatureGain(steps: UInt8(one))

  package init(steps: UInt8) { self.steps = steps }

  /// The nearest to a factor.
  package init(nearest factor: Double) {
    steps = UInt8(max(0, min(255, (factor * Self.one).rounded(.toNearestOrAwayFromZero))))
  }

  /// The largest factor.
  package static let largest = FeatureGain(steps: 255).factor

  package var factor: Double { Double(steps) / Self.one }
}
