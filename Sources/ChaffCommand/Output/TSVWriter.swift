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

  mutating func write(_ rows: JudgedRows, to output: OutputStream) throws(OutputStream.Failure) {
    let text = rows.window.text
    let longest = prefixes.reduce(0) { max($0, $1.count) } + 1
    let limit = text.byteCount + text.rowCount * longest
    // Of small pages, many are written together.
    guard limit >= OutputStream.blockSize / 2 else { return try writeEach(rows, to: output) }
    isBlankCut = rows.window.isCut && rows.window.isBlank.last == true
    let starts = [0] + prefixes.indices.map { label in prefixes[...label].reduce(0) { $0 + $1.count } }
    try starts.withUnsafeBufferPointer { (starts) throws(OutputStream.Failure) in
      try Array(prefixes.joined()).withUnsafeBufferPointer { (bytes) throws(OutputStream.Failure) in
        try labels.withCategoryEnds { (ends) throws(OutputStream.Failure) in
          guard let bytes = bytes.baseAddress else { return }
          try output.write(upTo: limit) { memory in
            var next = memory
            rows.forEach { row in
              if let posteriors = row.posteriors {
                let decision = Decision(posteriors, categoryEnds: ends)
                let start = starts[decision.label]
                let prefix = UnsafeBufferPointer(start: bytes + start, count: starts[decision.label + 1] - start)
                Self.write(prefix, decision.probability, to: &next)
              }
              Self.write(row, to: &next)
            }
            return next - memory
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

  /// Writes what stands before a text.
  @inline(__always)
  private static func write(
    _ prefix: UnsafeBufferPointer<UInt8>, _ probability: Float, to next: inout UnsafeMutablePointer<UInt8>
  ) {
    if let base = prefix.baseAddress { next.update(from: base, count: prefix.count) }
    next += prefix.count
    DecimalText.write(
      probability: probability, endingAt: 6, in: UnsafeMutableBufferPointer(start: next - 7, count: 6))
  }

  /// Writes a text and the end of its row; of a blank row the end alone.
  @inline(__always)
  private static func write(_ row: JudgedRow, to next: inout UnsafeMutablePointer<UInt8>) {
    if row.posteriors != nil, let base = row.line.baseAddress {
      next.update(from: base, count: row.line.count)
      next += row.line.count
    }
    if !row.isCut {
      next.pointee = 0x0a
      next += 1
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
