import Chaff

/// Reads the rows of pages in order, those that can be read with others some at a time.
///
/// Not `Sendable`: it owns scratch memory. Make one a thread.
final class RowReader {
  /// About how many bytes are read at once: what is found of them stays in the cache.
  private static let chunkSize = 1 << 14

  /// The bytes of all rows.
  let bytes: [UInt8]
  /// Where rows are.
  private let ranges: [Range<Int>]
  /// Which rows are read by themselves.
  private let isAlone: [Bool]
  private let scanned = ScannedLines()
  private var feeds: [UInt32] = []
  /// The rows that ``scanned`` has.
  private var chunk = 0..<0

  /// - Parameter pages: the rows' bytes are copied.
  init(_ pages: ArraySlice<LabelledPage>) {
    let rows = pages.reduce(0) { $0 + $1.rows.count }
    let size = pages.reduce(0) { $1.rows.reduce($0) { $0 + $1.text.count + 1 } }
    var (bytes, ranges, isAlone) = ([UInt8](), [Range<Int>](), [Bool]())
    bytes.reserveCapacity(size + ScannedLines.padding)
    ranges.reserveCapacity(rows)
    isAlone.reserveCapacity(rows)
    for page in pages {
      for row in page.rows {
        row.text.withUnsafeBufferPointer { isAlone.append(CountedFeatures.isAlone($0)) }
        ranges.append(bytes.count..<bytes.count + row.text.count)
        bytes.append(contentsOf: row.text)
        bytes.append(0x0a)
      }
    }
    bytes.append(contentsOf: repeatElement(0, count: ScannedLines.padding))
    (self.bytes, self.ranges, self.isAlone) = (bytes, ranges, isAlone)
  }

  /// How many bytes there are.
  var byteCount: Int { bytes.count }

  /// Where a row is.
  func range(_ row: Int) -> Range<Int> { ranges[row] }

  /// Numbers the features of a row; rows come in order.
  func count(_ row: Int, _ counted: inout CountedFeatures) -> LineLook {
    guard !isAlone[row] else {
      return bytes.withUnsafeBufferPointer { counted.add(UnsafeBufferPointer(rebasing: $0[ranges[row]])) }
    }
    if !chunk.contains(row) { read(from: row) }
    let line = row - chunk.lowerBound
    if !scanned.isBlank(line) { counted.add(line, of: scanned) }
    return scanned.look(line)
  }

  /// Reads rows from one on.
  private func read(from row: Int) {
    let start = ranges[row].lowerBound
    feeds.removeAll(keepingCapacity: true)
    var next = row
    while next < ranges.count, !isAlone[next], next == row || ranges[next].upperBound - start <= Self.chunkSize {
      feeds.append(UInt32(ranges[next].upperBound - start))
      next += 1
    }
    chunk = row..<next
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      feeds.withUnsafeBufferPointer { scanned.read(base + start, feeds: $0) }
    }
  }
}
