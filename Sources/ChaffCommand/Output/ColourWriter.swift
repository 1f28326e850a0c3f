import Chaff

/// Rows for people at a terminal: the kind, the probability, and the text in its category's colour.
struct ColourWriter: RowWriter {
  private let labels: LabelSet
  private let palette: Palette
  private let width: Int

  init(labels: LabelSet) {
    self.labels = labels
    palette = Palette(categories: labels.categories)
    width = labels.labels.map(\.path.utf8.count).max() ?? 0
  }

  mutating func write(_ row: JudgedRow, into output: inout [UInt8]) {
    defer { output.append(0x0a) }
    guard let posteriors = row.posteriors else { return }
    let decision = Decision(posteriors, labels: labels)
    let name = labels.labels[decision.label].path
    let colour = palette[decision.category].terminal
    if !colour.isEmpty { output.append(contentsOf: "\u{1b}[\(colour)m".utf8) }
    output.append(contentsOf: name.utf8)
    output.append(contentsOf: repeatElement(0x20, count: width - name.utf8.count + 2))
    let percent = String(Int((decision.probability * 100).rounded()))
    output.append(contentsOf: repeatElement(0x20, count: 3 - percent.utf8.count))
    output.append(contentsOf: "\(percent)%  ".utf8)
    SafeText.append(row.line, to: &output)
    if !colour.isEmpty { output.append(contentsOf: "\u{1b}[0m".utf8) }
  }
}
