import Chaff

/// `label<TAB>probability<TAB>text`, and a fourth field for reasons; an empty row for a blank one.
struct TSVWriter: RowWriter {
  private let labels: LabelSet
  /// For each label what stands before the text, with a probability of 0.
  private var prefixes: [[UInt8]]
  /// The prefixes as they are copied: each with its length before it, and as far apart.
  private let prefixBytes: [UInt8]
  private let prefixSize: Int
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
    prefixSize = size
    prefixBytes =
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
      rows.window.isBlank.withUnsafeBufferPointer { isBlank in
        decisions.labels.withUnsafeBufferPointer { labels in
          decisions.probabilities.withUnsafeBufferPointer { probabilities in
            prefixBytes.withUnsafeBufferPointer { prefixes in
              guard let bytes = prefixes.baseAddress else { return 0 }
              return Self.write(
                text.rows, isCut: text.isCut, isBlank, labels, probabilities, (bytes, prefixSize), to: memory)
            }
          }
        }
      }
    }
  }

  /// Writes rows to memory, with ``slack`` behind them; returns how many bytes they take.
  private static func write(
    _ rows: LineText.Rows, isCut: Bool, _ isBlank: UnsafeBufferPointer<Bool>, _ labels: UnsafeBufferPointer<UInt8>,
    _ probabilities: UnsafeBufferPointer<Float>, _ prefixes: (bytes: UnsafePointer<UInt8>, size: Int),
    to memory: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var next = memory
    var (start, line) = (0, 0)
    for row in 0..<rows.count {
      let feed = Int(rows.feeds[row])
      if !isBlank[row] {
        let prefix = prefixes.bytes + Int(labels[line]) &* prefixes.size
        copy(prefix + 1, Int(prefix[0]), by: 32, to: &next)
        DecimalText.write(probability: probabilities[line], to: next - 7)
        let isReturn = row < rows.endedCount && feed > start && rows.bytes[feed &- 1] == 0x0d
        copy(rows.bytes + start, feed &- start &- (isReturn ? 1 : 0), by: slack, to: &next)
        line &+= 1
      }
      next.pointee = 0x0a
      next += 1
      start = feed &+ 1
    }
    // A row that was cut goes on.
    return next - memory - (isCut ? 1 : 0)
  }

  private mutating func writeEach(_ rows: JudgedRows, to output: OutputStream) throws(OutputStream.Failure) {
    var writer = self
    output.append { pending in rows.forEach { writer.write($0, into: &pending) } }
    self = writer
    try output.flushIfFull()
  }

  /// How many bytes are copied without asking whether there are as many.
  private static let slack = 64

  /// Copies bytes, behind which so many more as a step has can be read and written: most texts have no more, and how many
  /// there are is guessed wrongly.
  @inline(__always)
  private static func copy(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, by step: Int, to next: inout UnsafeMutablePointer<UInt8>
  ) {
    let (from, to) = (UnsafeRawPointer(bytes), UnsafeMutableRawPointer(next))
    var copied = 0
    repeat {
      for part in 0..<step / 16 {
        let bytes = from.loadUnaligned(fromByteOffset: copied &+ 16 &* part, as: SIMD16<UInt8>.self)
        to.storeBytes(of: bytes, toByteOffset: copied &+ 16 &* part, as: SIMD16<UInt8>.self)
      }
      copied &+= step
    } while copied < count
    next += count
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
