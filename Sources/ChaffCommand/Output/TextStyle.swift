import Chaff

/// How text for people looks: its width, and whether it may have colours.
struct TextStyle {
  /// Columns; lines are cut or broken to fit.
  let width: Int
  let isColoured: Bool

  /// Where nobody has said how wide the page is.
  static let defaultWidth = 120
  /// Narrower than this nothing can be laid out.
  static let leastWidth = 40

  static let option = CommandSpecification.Option(
    "color", value: "WHEN",
    help: "Colours: auto, always or never. auto is on a terminal, unless NO_COLOR is set. (default: auto)")

  init(width: Int, isColoured: Bool) {
    self.width = max(Self.leastWidth, width)
    self.isColoured = isColoured
  }

  /// - Throws: a usage error if `--color` is none of its words.
  init(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    let isColoured: Bool
    switch try arguments.choice("color", of: ["auto", "always", "never"], default: "auto") {
    case "always": isColoured = true
    case "never": isColoured = false
    default: isColoured = context.isTerminal && !context.wantsNoColour
    }
    self.init(width: context.terminalWidth ?? Self.defaultWidth, isColoured: isColoured)
  }

  /// Text in a colour of a terminal ("35", "1"), if there are colours.
  func paint(_ text: String, _ code: String) -> String {
    isColoured && !code.isEmpty && !text.isEmpty ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }

  func bold(_ text: String) -> String { paint(text, "1") }

  func dim(_ text: String) -> String { paint(text, "2") }

  /// Text that fits into so many columns, its end cut off with an ellipsis.
  static func clip(_ text: String, _ width: Int) -> String {
    guard TerminalText.prefix(text, width).endIndex < text.endIndex else { return text }
    return TerminalText.prefix(text, max(0, width - 1)) + "…"
  }

  /// A stranger's text for a terminal, in one line.
  static func safe(_ text: some Collection<UInt8>) -> String {
    var bytes: [UInt8] = []
    SafeText.append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Words in lines of the width that is left behind an indent. None is broken; one that is wider than a line is cut.
  func wrapped(_ words: [String], gap: String = "  ", indent: Int) -> [String] {
    var lines: [String] = []
    var used = 0
    for word in words.map({ Self.clip($0, width - indent) }) {
      let columns = TerminalText.width(word)
      if !lines.isEmpty, used + gap.count + columns <= width - indent {
        lines[lines.count - 1] += gap + word
        used += gap.count + columns
      } else {
        lines.append(word)
        used = columns
      }
    }
    return lines
  }
}
