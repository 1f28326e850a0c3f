/// A table for terminals: the first column left, all others right.
///
/// Its rows are written in several ways, from wide to narrow; the widest that fits is shown.
struct TextTable {
  private let style: TextStyle
  /// For each row its cells, in each of the ways.
  private var rows: [[[String]]]
  /// Colours of the first cells, by row.
  private var codes = ["1"]

  /// - Parameter ways: the titles, from the widest to the narrowest way.
  init(_ ways: [[String]], style: TextStyle) {
    self.style = style
    rows = [ways]
  }

  /// Adds a row, in as many ways as there are titles.
  mutating func add(_ ways: [[String]], code: String = "") {
    rows.append(ways)
    codes.append(code)
  }

  /// The lines; where even the narrowest way is too wide, its first column is cut, to eight columns at least.
  var text: String {
    let count = rows.map(\.count).min() ?? 0
    let all = (0..<count).map { widths($0) }
    let way = all.firstIndex { total($0) <= style.width } ?? count - 1
    guard way >= 0 else { return "" }
    var columns = all[way]
    if total(columns) > style.width { columns[0] = max(8, columns[0] - (total(columns) - style.width)) }
    return zip(rows, codes).map { row, code in
      let cells = row[way]
      var line = style.paint(Columns.left(TextStyle.clip(cells.first ?? "", columns[0]), columns[0]), code)
      for (column, cell) in cells.enumerated().dropFirst() { line += "  " + Columns.right(cell, columns[column]) }
      while line.hasSuffix(" ") { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// A label's kind, for where its category has no room.
  static func short(_ label: String) -> String { label.split(separator: "/").last.map(String.init) ?? label }

  private func widths(_ way: Int) -> [Int] {
    let columns = rows.map { $0[way].count }.max() ?? 0
    return (0..<columns).map { column in
      rows.map { column < $0[way].count ? TerminalText.width($0[way][column]) : 0 }.max() ?? 0
    }
  }

  private func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + 2 * max(0, widths.count - 1) }
}
