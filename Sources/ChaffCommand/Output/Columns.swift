/// Text in columns.
enum Columns {
  /// Fills up with spaces on the right; at least `gap` of them.
  static func left(_ text: String, _ width: Int, gap: Int = 0) -> String {
    text + String(repeating: " ", count: max(gap, width - TerminalText.width(text)))
  }

  /// Fills up with spaces on the left; at least `gap` of them.
  static func right(_ text: String, _ width: Int, gap: Int = 0) -> String {
    String(repeating: " ", count: max(gap, width - TerminalText.width(text))) + text
  }
}
