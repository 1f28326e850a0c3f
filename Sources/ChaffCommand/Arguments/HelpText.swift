/// Lays help out in two columns, 80 wide.
enum HelpText {
  private static let indent = 26
  private static let width = 80

  static func columns(_ rows: [(String, String)]) -> String {
    rows.map { left, right in
      let lines = wrap(right, to: width - indent)
      var text = "  " + left
      if left.count + 3 > indent {
        text += "\n" + String(repeating: " ", count: indent)
      } else {
        text += String(repeating: " ", count: indent - left.count - 2)
      }
      return text + lines.joined(separator: "\n" + String(repeating: " ", count: indent)) + "\n"
    }.joined()
  }

  /// Paragraphs, each wrapped; a blank line between two stays.
  static func paragraphs(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
      wrap(String(paragraph), to: width).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private static func wrap(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty && line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return lines + [line]
  }
}
