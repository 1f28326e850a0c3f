import Chaff

/// Rows for people at a terminal: the kind, the probability, and the text in its category's colour.
struct ColourWriter: RowWriter {
  private let labels: LabelSet
  private let palette: Palette
  private let style: TextStyle
  /// Columns of the terminal, to which rows are cut; nil where rows may be as long as they are.
  private let columns: Int?
  private let width: Int

  init(labels: LabelSet, style: TextStyle, columns: Int?) {
    self.labels = labels
    self.style = style
    self.columns = columns
    palette = Palette(categories: labels.categories)
    width = labels.labels.map(\.path.utf8.count).max() ?? 0
  }

  mutating func write(_ row: JudgedRow, into output: inout [UInt8]) {
    defer { output.append(0x0a) }
    guard let posteriors = row.posteriors else { return }
    let decision = Decision(posteriors, labels: labels)
    let head = head(decision)
    var text = TextStyle.safe(row.line)
    if let columns { text = TextStyle.clip(text, max(12, columns - head.count)) }
    output.append(contentsOf: style.paint(head + text, palette[decision.category].terminal).utf8)
    for line in style.wrapped(row.reasons.map(ReasonText.short), indent: 4) {
      output.append(contentsOf: "\n    \(style.dim(line))".utf8)
    }
  }

  /// The label, of which only the kind is shown where columns are few, and the probability.
  private func head(_ decision: Decision) -> String {
    let label = labels.labels[decision.label].path
    let percent = Columns.right(String(Int((decision.probability * 100).rounded())), 3) + "%  "
    guard let columns, columns < width + 40 else { return Columns.left(label, width + 2) + percent }
    let kind = label.split(separator: "/").last.map(String.init) ?? label
    return Columns.left(TextStyle.clip(kind, 10), 11) + percent
  }
}
