import Chaff

/// The rows that are kept, byte for byte.
struct CleanWriter: RowWriter {
  private let isKept: [Bool]
  private let threshold: Float
  private var filter: LineFilter
  /// Whether the last row that came out had no line end: the last of a page may have none.
  private var isOpen = false
  /// Whether a row that was cut is kept.
  private var isKeepingCut = false

  init(isKept: [Bool], threshold: Float) {
    self.isKept = isKept
    self.threshold = threshold
    filter = LineFilter(isKept: isKept, threshold: threshold)
  }

  mutating func beginPage(name: String, into output: inout [UInt8]) {
    if isOpen { output.append(0x0a) }
    isOpen = false
    filter = LineFilter(isKept: isKept, threshold: threshold)
  }

  mutating func write(_ row: JudgedRow, into output: inout [UInt8]) {
    let verdict = filter.verdict(row.posteriors.map { filter.probability($0) })
    let lineEnd = row.whole[row.line.count...]
    isKeepingCut = row.isCut && verdict.isKept
    // The page's own line end, where this row has one.
    if verdict.needsBlank { output.append(contentsOf: lineEnd.isEmpty ? [0x0a] : Array(lineEnd)) }
    if verdict.isKept {
      output.append(contentsOf: row.whole)
      isOpen = lineEnd.isEmpty
    }
  }

  mutating func continueRow(_ more: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: inout [UInt8]) {
    guard isKeepingCut else { return }
    output.append(contentsOf: more)
    if isLast { isOpen = more.last != 0x0a }
  }
}
