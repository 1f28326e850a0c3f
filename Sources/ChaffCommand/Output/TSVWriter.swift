import CLanes
import Chaff

/// `label<TAB>probability<TAB>text`, and a fourth field for reasons; an empty row for a blank one.
struct TSVWriter: RowWriter {
  private let labels: LabelSet
  /// For each label what stands before the text, with a probability of 0.
  private var prefixes: [[UInt8]]
  /// The same for `chaff_write_rows`.
  private let heads: [UInt8]
  private let headSize: Int
  private let longestPrefix: Int
  private var decisions: Decisions
  /// Whether the row that was cut is blank, as far as it is judged.
  private var isBlankCut = false
  /// Whether the text of a row that was cut ended with a carriage return, which belongs to the line end if that follows.
  private var hasHeldReturn = false

  init(labels: LabelSet) {
    self.labels = labels
    decisions = Decisions(labels: labels)
    prefixes = labels.labels.map { label in
      var prefix = Array(label.path.utf8) + [0x09]
      DecimalText.append(probability: 0, to: &prefix)
      return prefix + [0x09]
    }
    longestPrefix = prefixes.reduce(0) { max($0, $1.count) }
    let size = longestPrefix + 1
    headSize = size
    heads =
      prefixes.flatMap { [UInt8($0.count)] + $0 + [UInt8](repeating: 0, count: size - 1 - $0.count) }
      + [UInt8](repeating: 0, count: Self.slack)
  }

  mutating func write(_ row: JudgedRow, into output: inout [UInt8]) {
    isBlankCut = row.isCut && row.posteriors == nil
    guard let posteriors = row.posteriors else {
      if !row.isCut { output.append(0x0a) }
      return
    }
    let decision = Decision(posteriors, labels: labels)
    prefixes[decision.label].withUnsafeMutableBufferPointer { prefix in
      if let base = prefix.baseAddress {
        DecimalText.write(probability: decision.probability, to: base + prefix.count - 7)
      }
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

  mutating func write(_ rows: JudgedRows, to output: OutputStream) throws(OutputStream.Failure) {
    let text = rows.window.text
    let limit = text.byteCount + text.rowCount * (longestPrefix + 1) + Self.slack
    // Of small pages, many are written together. More labels have more than a vector of posteriors a line.
    guard limit >= OutputStream.blockSize / 2 && rows.groups == 1 else { return try writeEach(rows, to: output) }
    isBlankCut = rows.window.isCut && rows.window.isBlank.last == true
    decisions.read(rows.window.posteriors)
    try output.write(upTo: limit) { memory in
      rows.window.isBlank.withUnsafeBytes { isBlank in
        decisions.labels.withUnsafeBufferPointer { labels in
          decisions.probabilities.withUnsafeBufferPointer { probabilities in
            heads.withUnsafeBufferPointer { heads in
              let lines = text.rows
              var decided = chaff_decided_rows(
                text: lines.bytes, feeds: lines.feeds, count: lines.count, ended_count: lines.endedCount,
                is_blank: isBlank.baseAddress?.assumingMemoryBound(to: UInt8.self), lines: rows.window.lineCount,
                labels: labels.baseAddress, probabilities: probabilities.baseAddress)
              var heads = chaff_row_heads(bytes: heads.baseAddress, size: headSize)
              var count = 0
              chaff_write_rows(&decided, &heads, memory, &count)
              // A row that was cut goes on.
              return text.isCut ? count - 1 : count
            }
          }
        }
      }
    }
  }

  private mutating func writeEach(_ rows: JudgedRows, to output: OutputStream) throws(OutputStream.Failure) {
    var writer = self
    output.append { pending in rows.forEach { writer.write($0, into: &pending) } }
    self = writer
    try output.flushIfFull()
  }

  /// How many bytes more than the rows have are written, at most.
  private static let slack = 64

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
