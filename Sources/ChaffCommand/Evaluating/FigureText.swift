import ChaffTraining

/// Figures with their intervals as text.
enum FigureText {
  /// "0.9068", or with its interval "0.9068 (.888–.923)".
  static func long(_ figure: Figure, decimals: Int = 4) -> String {
    guard let value = figure.value, let interval = figure.interval else {
      return DecimalText.fixed(figure.value, decimals: decimals)
    }
    return "\(DecimalText.fixed(value, decimals: decimals)) (\(range(interval)))"
  }

  /// ".888–.923".
  static func range(_ interval: Interval) -> String { "\(bare(interval.low))–\(bare(interval.high))" }

  /// A number with its sign.
  static func signed(_ value: Double?, decimals: Int = 4) -> String {
    guard let value else { return "n/a" }
    let text = DecimalText.fixed(abs(value), decimals: decimals)
    return (value < 0 ? "−" : "+") + text
  }

  /// Per cent: "27.3 %".
  static func percent(_ value: Double?, decimals: Int = 1) -> String {
    value.map { DecimalText.fixed($0 * 100, decimals: decimals) + " %" } ?? "n/a"
  }

  /// "0.1–0.4", of percentages.
  static func percentRange(_ interval: Interval, decimals: Int = 1) -> String {
    [interval.low, interval.high].map { DecimalText.fixed($0 * 100, decimals: decimals) }.joined(separator: "–")
  }

  private static func bare(_ value: Double) -> String {
    let text = DecimalText.fixed(value, decimals: 3)
    return text.hasPrefix("0") ? String(text.dropFirst()) : text.replacing("-0.", with: "-.")
  }
}
