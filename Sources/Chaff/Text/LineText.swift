import CLanes

/// Whole lines of text in memory, as many as are decoded at once: a window of a page.
///
/// A window is full after the line with which it has ``byteLimit`` bytes or ``rowLimit`` rows, so where a page is cut
/// depends on its lines alone, never on how they arrive. Of a line of more than ``lineLimit`` bytes only so many are
/// kept; it is the last of its window.
///
/// Not `Sendable`: it owns its memory.
package final class LineText {
  /// How many bytes, line ends included, fill a window.
  package static let byteLimit = 1 << 16
  /// How many rows do.
  package static let rowLimit = 2048
  /// The bytes that a line is judged by, at most.
  package static let lineLimit = 1 << 16

  /// How many bytes of a line are taken at once, once the window has its bytes.
  private static let stepSize = 4096

  private let bytes: UnsafeMutablePointer<UInt8>
  private let feeds: UnsafeMutablePointer<UInt32>
  /// Bytes in use; behind the last row's there may be the beginning of a line.
  package private(set) var byteCount = 0
  /// How many rows there are.
  package private(set) var rowCount = 0
  /// Whether the last row is the beginning of a longer line.
  package private(set) var isCut = false
  /// Whether the last row has no line end of its own.
  package private(set) var lacksLineEnd = false

  package init() {
    let capacity = Self.byteLimit + Self.lineLimit + Self.stepSize + ChunkScanner.padding
    bytes = .allocate(capacity: capacity)
    // Listing line feeds writes up to 78 too many.
    feeds = .allocate(capacity: Self.rowLimit + 78)
  }

  deinit {
    bytes.deallocate()
    feeds.deallocate()
  }

  package func removeAll() {
    byteCount = 0
    rowCount = 0
    isCut = false
    lacksLineEnd = false
  }

  /// Whether no more rows belong here.
  package var isFull: Bool { rowCount == Self.rowLimit || start(ofRow: rowCount) >= Self.byteLimit || isCut }

  // MARK: Adding

  /// Where more text can be put, to be taken over by ``take(_:rest:)``: no more than is missing, or a little, since what
  /// does not belong here is copied in vain.
  package var space: UnsafeMutableBufferPointer<UInt8> {
    UnsafeMutableBufferPointer(start: bytes + byteCount, count: max(Self.byteLimit - byteCount, Self.stepSize))
  }

  /// Takes over lines from text.
  ///
  /// - Returns: how many bytes were taken, 0 only if there are none or the window is full. The beginning of a line is
  ///   taken too; the next call goes on with it.
  /// - Complexity: O(bytes).
  package func append(text: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = text.baseAddress, !isFull else { return 0 }
    let space = space
    let count = min(text.count, space.count)
    space.baseAddress?.update(from: base, count: count)
    var restCount = 0
    take(count) { restCount = $0.count }
    return count - restCount
  }

  /// Takes over lines from text that was put in ``space`` while the window was not full.
  /// - Parameters:
  ///   - count: how many bytes it has.
  ///   - rest: is called with the bytes that do not belong here, if there are any.
  /// - Complexity: O(bytes).
  package func take(_ count: Int, rest: (UnsafeBufferPointer<UInt8>) -> Void) {
    let start = byteCount
    byteCount += count
    let taken = takeRows(from: start) ?? count
    if taken < count { rest(UnsafeBufferPointer(start: bytes + start + taken, count: count - taken)) }
    // Over the first of these bytes.
    if isCut { endRow() }
  }

  /// Lists the rows that end behind `start`.
  /// - Returns: how many bytes were taken, if the window is full.
  private func takeRows(from start: Int) -> Int? {
    var count = 0
    chaff_list_feeds(bytes, start, byteCount, Self.rowLimit - rowCount, feeds + rowCount, &count)
    count = min(count, Self.rowLimit - rowCount)
    // Behind the first row with which the window has its bytes, there is none.
    while count > 1 && Int(feeds[rowCount + count - 2]) + 1 >= Self.byteLimit { count -= 1 }
    guard count > 0 else { return byteCount - self.start(ofRow: rowCount) > Self.lineLimit ? cut(start) : nil }
    // All rows before the last are shorter than a window.
    rowCount += count - 1
    let feed = Int(feeds[rowCount])
    if feed - self.start(ofRow: rowCount) > Self.lineLimit { return cut(start) }
    rowCount += 1
    if rowCount == Self.rowLimit || feed + 1 >= Self.byteLimit { return shorten(to: feed + 1, start) }
    return byteCount - feed - 1 > Self.lineLimit ? cut(start) : nil
  }

  /// Leaves out what lies behind a window's last line; returns how much of the text was taken.
  private func shorten(to end: Int, _ start: Int) -> Int {
    byteCount = end
    return end - start
  }

  /// Has the last line end after as many bytes as it is judged by.
  private func cut(_ start: Int) -> Int {
    isCut = true
    return shorten(to: self.start(ofRow: rowCount) + Self.lineLimit, start)
  }

  /// Adds a line that is given without its end; a line feed inside it counts as a space.
  package func append(_ line: UnsafeBufferPointer<UInt8>) {
    let count = min(line.count, Self.lineLimit)
    if let base = line.baseAddress { (bytes + byteCount).update(from: base, count: count) }
    for index in byteCount..<byteCount + count where bytes[index] == 0x0a { bytes[index] = 0x20 }
    byteCount += count
    isCut = line.count > count
    // A carriage return of the line itself is no line end.
    if count > 0 && bytes[byteCount - 1] == 0x0d && !isCut {
      bytes[byteCount] = 0x0d
      byteCount += 1
    }
    endRow()
  }

  /// Ends the text: a line that has begun is the last row.
  package func end() {
    guard byteCount > start(ofRow: rowCount) else { return }
    lacksLineEnd = true
    endRow()
  }

  private func endRow() {
    bytes[byteCount] = 0x0a
    feeds[rowCount] = UInt32(byteCount)
    byteCount += 1
    rowCount += 1
  }

  // MARK: Reading

  /// Where a row begins; behind the last, where the next would.
  @inline(__always)
  package func start(ofRow row: Int) -> Int { row == 0 ? 0 : Int(feeds[row &- 1]) &+ 1 }

  /// Calls `body` with the bytes of rows, with where line feeds stand in the text, and with where the rows begin in it.
  @inline(__always)
  func withRows(_ rows: Range<Int>, _ body: (UnsafePointer<UInt8>, UnsafeBufferPointer<UInt32>, _ origin: Int) -> Void)
  {
    let origin = start(ofRow: rows.lowerBound)
    body(bytes + origin, UnsafeBufferPointer(start: feeds + rows.lowerBound, count: rows.count), origin)
  }

  /// Rows as they lie in memory.
  package struct Rows {
    package let bytes: UnsafePointer<UInt8>
    /// Where each row's line feed stands.
    package let feeds: UnsafePointer<UInt32>
    package let count: Int
    /// How many rows have a line end of their own.
    package let endedCount: Int
  }

  /// For many rows: each access to what may change is checked for exclusiveness, and here there is one of each. Behind the
  /// last row, 64 bytes can be read.
  package var rows: Rows {
    Rows(bytes: bytes, feeds: feeds, count: rowCount, endedCount: isCut || lacksLineEnd ? rowCount - 1 : rowCount)
  }

  /// Calls `body` with each row: its number, the row without its line end, and with it, if it has one.
  @inline(__always)
  package func forEachRow(
    _ body: (_ row: Int, _ line: UnsafeBufferPointer<UInt8>, _ whole: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    let rows = rows
    var start = 0
    for row in 0..<rows.count {
      let feed = Int(rows.feeds[row])
      let isEnded = row < rows.endedCount
      let isReturn = isEnded && feed > start && rows.bytes[feed &- 1] == 0x0d
      let line = UnsafeBufferPointer(start: rows.bytes + start, count: feed &- start &- (isReturn ? 1 : 0))
      body(row, line, UnsafeBufferPointer(start: line.baseAddress, count: feed &- start &+ (isEnded ? 1 : 0)))
      start = feed &+ 1
    }
  }

  /// A row without its line end.
  @inline(__always)
  package func line(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    let start = start(ofRow: row)
    let feed = Int(feeds[row])
    let isReturn = feed > start && bytes[feed &- 1] == 0x0d
    return UnsafeBufferPointer(start: bytes + start, count: feed &- start &- (isReturn && !hasNoEnd(row) ? 1 : 0))
  }

  /// A row with its line end, if it has one.
  @inline(__always)
  package func whole(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    let start = start(ofRow: row)
    return UnsafeBufferPointer(start: bytes + start, count: Int(feeds[row]) &- start &+ (hasNoEnd(row) ? 0 : 1))
  }

  @inline(__always)
  private func hasNoEnd(_ row: Int) -> Bool { (isCut || lacksLineEnd) && row == rowCount &- 1 }
}
