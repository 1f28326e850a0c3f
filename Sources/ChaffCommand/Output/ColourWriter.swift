import Chaff

/// Rows for people at a terminal: the kind, the probability, and the text in its category's colour.
struct ColourWriter: RowWriter {
  private let labels: LabelSet
  private let palette: Palette
  private let style: TextStyle
  /// Columns of the terminal, to which rows are cut; nil where rows may be as long as they are.
  private let columns: Int?
  private let head: RowHead

  init(labels: LabelSet, style: TextStyle, columns: Int?) {
    self.labels = labels
    self.style = style
    self.columns = columns
    palette = Palette(categories: labels.categories)
    head = RowHead(labels: labels, columns: columns)
  }

  mutating func write(_ row: JudgedRow, into output: inout [UInt8]) {
    defer { output.append(0x0a) }
    guard let posteriors = row.posteriors else { return }
    let decision = Decision(posteriors, labels: labels)
    let head = head.text(label: decision.label, probability: Double(decision.probability))
    var text = TextStyle.safe(row.line)
    if let columns { text = TextStyle.clip(text, max(12, columns - TerminalText.width(head))) }
    output.append(contentsOf: style.paint(head + text, palette[decision.category].terminal).utf8)
    for line in style.wrapped(row.reasons.map(ReasonText.short), indent: 4) {
      output.append(contentsOf: "\n    \(style.dim(line))".utf8)
    }
  }
}
