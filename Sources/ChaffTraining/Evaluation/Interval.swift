/// A range that holds the true value in 95 of 100 samples.
public struct Interval: Sendable, Equatable {
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double

  /// The 0.975 quantile of the normal distribution.
  static let z = 1.959963984540054

  /// Wilson's score interval of a proportion (Wilson 1927); nil without trials.
  ///
  /// Lines of one page are not independent, so on few pages it is narrower than it should be.
  public static func wilson(successes: Int, trials: Int) -> Interval? {
    guard trials > 0 else { return nil }
    let n = Double(trials)
    let p = Double(successes) / n
    let denominator = 1 + z * z / n
    let centre = (p + z * z / (2 * n)) / denominator
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / denominator
    return Interval(low: successes == 0 ? 0 : centre - half, high: successes == trials ? 1 : centre + half)
  }

  /// The middle 95 % of values (the bootstrap's percentile interval, Efron & Tibshirani 1993, chapter 13); nil without values.
  public static func percentile(_ values: [Double]) -> Interval? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    func quantile(_ q: Double) -> Double {
      let position = q * Double(sorted.count - 1)
      let index = Int(position)
      let next = min(index + 1, sorted.count - 1)
      return sorted[index] + (sorted[next] - sorted[index]) * (position - Double(index))
    }
    return Interval(low: quantile(0.025), high: quantile(0.975))
  }
}
