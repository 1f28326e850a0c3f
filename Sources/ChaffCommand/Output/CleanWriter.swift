import Chaff

/// The rows that are kept, byte for byte.
struct CleanWriter: RowWriter {
  private let isKept: [Bool]
  private let threshold: Float
  private var filter: LineFilter

  init(isKept: [Bool], threshold: Float) {
    self.isKept = isKept
    self.threshold = threshold
    filter = LineFilter(isKept: isKept, threshold: threshold)
  }

  mutating func beginPage(name: String, into output: inout [UInt8]) {
    filter = LineFilter(isKept: isKept, threshold: threshold)
  }

  mutating func write(_ row: JudgedRow, into output: inout [UInt8]) {
    let verdict = filter.verdict(row.posteriors.map { filter.probability($0) })
    if verdict.needsBlank { output.append(0x0a) }
    if verdict.isKept { output.append(contentsOf: row.whole) }
  }
}
