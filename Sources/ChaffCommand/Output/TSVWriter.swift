import Chaff

/// `label<TAB>probability<TAB>text`, and a fourth field for reasons; an empty row for a blank one.
struct TSVWriter: RowWriter {
  private let labels: LabelSet
  private let names: [[UInt8]]

  init(labels: LabelSet) {
    self.labels = labels
    names = labels.labels.map { Array($0.path.utf8) + [0x09] }
  }

  mutating func write(_ row: JudgedRow, into output: inout [UInt8]) {
    if let posteriors = row.posteriors {
      let decision = Decision(posteriors, labels: labels)
      output.append(contentsOf: names[decision.label])
      DecimalText.append(probability: decision.probability, to: &output)
      output.append(0x09)
      output.append(contentsOf: row.line)
      if !row.reasons.isEmpty {
        output.append(0x09)
        output.append(contentsOf: row.reasons.map(ReasonText.short).joined(separator: "; ").utf8)
      }
    }
    output.append(0x0a)
  }
}
