import Chaff

/// `label<TAB>probability<TAB>text`, and a fourth field for reasons; an empty row for a blank one.
struct TSVWriter: RowWriter {
  private let labels: LabelSet
  /// For each label what stands before the text, with a probability of 0.
  private var prefixes: [[UInt8]]
  /// Whether the row that was cut is blank, as far as it is judged.
  private var isBlankCut = false
  /// Whether the text of a row that was cut ended with a carriage return, which belongs to the line end if that follows.
  private var hasHeldReturn = false

  init(labels: LabelSet) {
    self.labels = labels
    prefixes = labels.labels.map { label in
      var prefix = Array(label.path.utf8) + [0x09]
      DecimalText.append(probability: 0, to: &prefix)
      return prefix + [0x09]
    }
  }

  mutating func write(_ row: JudgedRow, into output: inout [UInt8]) {
    isBlankCut = row.isCut && row.posteriors == nil
    guard let posteriors = row.posteriors else {
      if !row.isCut { output.append(0x0a) }
      return
    }
    let decision = Decision(posteriors, labels: labels)
    prefixes[decision.label].withUnsafeMutableBufferPointer { prefix in
      DecimalText.write(probability: decision.probability, endingAt: prefix.count - 1, in: prefix)
      output.append(contentsOf: UnsafeBufferPointer(prefix))
    }
    if row.isCut {
      output.append(contentsOf: row.line)
    } else if !row.reasons.isEmpty {
      output.append(contentsOf: row.line)
      output.append(0x09)
      output.append(contentsOf: row.reasons.map(ReasonText.short).joined(separator: "; ").utf8)
      output.append(0x0a)
    } else if row.whole.count == row.line.count + 1 {
      // The line feed is copied with the line.
      output.append(contentsOf: row.whole)
    } else {
      output.append(contentsOf: row.line)
      output.append(0x0a)
    }
  }

  mutating func continueRow(_ more: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: inout [UInt8]) {
    guard !isBlankCut else {
      if isLast { output.append(0x0a) }
      return
    }
    var text = more[...]
    if text.last == 0x0a { text.removeLast() }
    if hasHeldReturn && !(isLast && text.isEmpty && !more.isEmpty) { output.append(0x0d) }
    hasHeldReturn = text.last == 0x0d && (!isLast || text.count < more.count)
    if hasHeldReturn { text.removeLast() }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: text))
    if isLast {
      hasHeldReturn = false
      output.append(0x0a)
    }
  }
}
