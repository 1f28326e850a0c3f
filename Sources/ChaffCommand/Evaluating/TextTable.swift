/// A table for terminals: the first column left, all others right, none wider than it must be.
struct TextTable {
  private let style: TextStyle
  private var rows: [[String]] = []
  /// Colours of the first cells, by row.
  private var codes: [String] = []

  init(_ titles: [String], style: TextStyle) {
    self.style = style
    rows.append(titles)
    codes.append("1")
  }

  mutating func add(_ cells: [String], code: String = "") {
    rows.append(cells)
    codes.append(code)
  }

  /// The lines; where they are too wide, the first column is cut first, to eight columns at least.
  var text: String {
    let count = rows.map(\.count).max() ?? 0
    var widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    let total = widths.reduce(0, +) + 2 * (count - 1)
    if total > style.width, !widths.isEmpty { widths[0] = max(8, widths[0] - (total - style.width)) }
    return zip(rows, codes).map { cells, code in
      var line = style.paint(Columns.left(TextStyle.clip(cells.first ?? "", widths[0]), widths[0]), code)
      for (column, cell) in cells.enumerated().dropFirst() { line += "  " + Columns.right(cell, widths[column]) }
      while line.hasSuffix(" ") { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
