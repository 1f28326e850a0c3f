import Chaff

/// Draws a session on a terminal of any size from 40 columns on.
struct LabelScreen {
  private let palette: Palette
  private let categories: [String]
  private let wantsColour: Bool
  private static let labelWidth = 24
  private static let detailLines = 2
  private static let smallest = (rows: 12, columns: 40)

  init(labels: LabelSet, wantsColour: Bool) {
    palette = Palette(categories: labels.categories)
    categories = labels.categories
    self.wantsColour = wantsColour
  }

  /// The bytes of a whole screen.
  func frame(_ session: LabelSession, output: String, rows: Int, columns: Int) -> [UInt8] {
    let (rows, columns) = (max(rows, Self.smallest.rows), max(columns, Self.smallest.columns))
    let legend = legend(session, columns)
    let listHeight = max(1, rows - 1 - Self.detailLines - legend.count - 2)
    var lines = [inverse(TerminalText.fitted(header(session, output), columns))]
    lines += list(session, height: listHeight, columns)
    let text = shown(session.pages[session.page].rows[session.line].text)
    lines += TerminalText.wrapped(text, columns, lines: Self.detailLines)
    lines += legend
    lines.append(
      TerminalText.fitted(
        "Enter proposal  Del open  v run  u undo  / n search  Tab next  o order  q quit", columns))
    lines.append(TerminalText.fitted(session.typing.map { "/\($0)_" } ?? session.message, columns))
    // Each line is cleared to its end, and no line feed scrolls the last one.
    let body = lines.prefix(rows).joined(separator: "\u{1b}[K\r\n")
    return Array("\u{1b}[H\(body)\u{1b}[K\u{1b}[J".utf8)
  }

  private func header(_ session: LabelSession, _ output: String) -> String {
    let page = session.pages[session.page]
    let done = session.rowCount - session.openCount
    let order = session.order == .uncertain ? "least certain first" : "in order"
    return "\(page.name) (\(session.page + 1)/\(session.pages.count))  "
      + "\(page.rows.count - page.openCount)/\(page.rows.count) lines, \(done)/\(session.rowCount) in all  "
      + "\(order)  > \(output)"
  }

  /// The lines about the cursor, with what was decided (`*`) or is proposed (`?`).
  private func list(_ session: LabelSession, height: Int, _ columns: Int) -> [String] {
    let rows = session.pages[session.page].rows
    let top = max(0, min(session.line - height / 2, rows.count - height))
    return (top..<top + height).map { index in
      guard index < rows.count else { return "" }
      let row = rows[index]
      let path = row.choice?.path ?? row.proposal.path
      let percent = row.choice == nil ? "\(Int((row.probability * 100).rounded()))%" : ""
      var text = session.run.contains(index) ? ">" : " "
      text += row.choice == nil ? "?" : "*"
      text += TerminalText.fitted(path, Self.labelWidth) + Columns.right(percent, 4) + "  " + shown(row.text)
      text = TerminalText.fitted(text, columns)
      if session.run.contains(index) { return inverse(text) }
      return coloured(text, path)
    }
  }

  /// One key a label, in columns.
  private func legend(_ session: LabelSession, _ columns: Int) -> [String] {
    var cells = zip(LabelSession.labelKeys, session.labels).map { "\($0) \($1.path)" }
    cells.append("\(LabelSession.skipKey) skip")
    let perLine = max(1, columns / (Self.labelWidth + 2))
    return stride(from: 0, to: cells.count, by: perLine).map { start in
      let cells = cells[start..<min(start + perLine, cells.count)]
      return TerminalText.fitted(
        cells.map { TerminalText.fitted($0, Self.labelWidth + 1) }.joined(separator: " "), columns)
    }
  }

  /// Text of strangers: nothing in it steers the terminal.
  private func shown(_ text: [UInt8]) -> String {
    var safe: [UInt8] = []
    SafeText.append(text, to: &safe)
    return String(decoding: safe, as: UTF8.self)
  }

  private func inverse(_ text: String) -> String { "\u{1b}[7m\(text)\u{1b}[0m" }

  private func coloured(_ text: String, _ path: String) -> String {
    let name = path.prefix { $0 != "/" }
    guard wantsColour, let category = categories.firstIndex(where: { $0 == name }) else { return text }
    let colour = palette[category].terminal
    return colour.isEmpty ? text : "\u{1b}[\(colour)m\(text)\u{1b}[0m"
  }
}
