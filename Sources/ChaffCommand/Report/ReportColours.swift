/// The report's colours of categories, as names of CSS variables with a value for light and for dark pages.
///
/// Each has a contrast of at least 4.5 to its page, so that it will do for text (WCAG 2.2, 1.4.3).
struct ReportColours {
  private static let named: [String: (light: String, dark: String)] = [
    "content": ("#56606d", "#a9b4c2"), "registration": ("#a3158f", "#f08be0"), "donation": ("#8a5a00", "#f0b54a"),
    "navigation": ("#1f5fbf", "#7fb4ff"),
  ]
  private static let others: [(light: String, dark: String)] = [
    ("#0f6e66", "#4fd1c5"), ("#2f6f1e", "#8fd17f"), ("#b42318", "#ff9a8f"), ("#6d3fc0", "#c3a5ff"),
    ("#665d00", "#d4cb5a"), ("#3b49c4", "#a3adff"),
  ]
  /// Patterns that tell lines of a chart apart without colour.
  static let dashes = ["none", "7 3", "2 3", "9 3 2 3", "4 2", "1 2", "12 3", "5 2 1 2"]

  private let colours: [(light: String, dark: String)]

  init(categories: [String]) {
    colours = categories.enumerated().map { Self.named[$1] ?? Self.others[$0 % Self.others.count] }
  }

  func variables(isDark: Bool) -> String {
    colours.enumerated().map { "--c\($0):\(isDark ? $1.dark : $1.light);" }.joined()
  }

  /// Rules for what is drawn or written in a category's colour.
  var rules: String {
    colours.indices.map { index in
      """
      .t\(index){color:var(--c\(index))}.f\(index){fill:var(--c\(index))}
      .s\(index){stroke:var(--c\(index));stroke-dasharray:\(Self.dashes[index % Self.dashes.count])}

      .errors .b\(index){border-left-color:var(--c\(index))}

      """
    }.joined()
  }
}
