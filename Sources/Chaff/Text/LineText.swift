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
    feeds = .allocate(capacity: Self.rowLimit + 1)
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

  /// Takes over lines from text.
  ///
  /// - Returns: how many bytes were taken, 0 only if there are none or the window is full. The beginning of a line is
  ///   taken too; the next call goes on with it.
  /// - Complexity: O(bytes).
  package func append(text: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = text.baseAddress, !isFull else { return 0 }
    let start = byteCount
    // No more than is missing, or a little: what is not used is copied in vain.
    let taken = min(text.count, max(Self.byteLimit - start, Self.stepSize))
    (bytes + start).update(from: base, count: taken)
    byteCount += taken
    var searched = start
    while searched < byteCount {
      let offset = searched
      var found = FeedMask.of(bytes + offset)
      searched += 64
      if searched > byteCount { found &= ~0 >> UInt64(searched - byteCount) }
      while found != 0 {
        let feed = offset + found.trailingZeroBitCount
        if feed - self.start(ofRow: rowCount) > Self.lineLimit { return cut(start) }
        feeds[rowCount] = UInt32(feed)
        rowCount += 1
        if rowCount == Self.rowLimit || feed + 1 >= Self.byteLimit { return shorten(to: feed + 1, start) }
        found &= found - 1
      }
    }
    if byteCount - self.start(ofRow: rowCount) > Self.lineLimit { return cut(start) }
    return byteCount - start
  }

  /// Leaves out what lies behind a window's last line; returns how much of the text was taken.
  private func shorten(to end: Int, _ start: Int) -> Int {
    byteCount = end
    return end - start
  }

  /// Ends the last line after as many bytes as it is judged by.
  private func cut(_ start: Int) -> Int {
    let end = self.start(ofRow: rowCount) + Self.lineLimit
    isCut = true
    byteCount = end
    endRow()
    return end - start
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

  /// Calls `body` with each row: its number, the row without its line end, and with it, if it has one.
  ///
  /// For many rows: each access to what may change is checked for exclusiveness, and here there is one of each.
  @inline(__always)
  package func forEachRow(
    _ body: (_ row: Int, _ line: UnsafeBufferPointer<UInt8>, _ whole: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    let (bytes, feeds, rowCount) = (bytes, feeds, rowCount)
    let endless = isCut || lacksLineEnd ? rowCount - 1 : rowCount
    var start = 0
    for row in 0..<rowCount {
      let feed = Int(feeds[row])
      let isReturn = row < endless && feed > start && bytes[feed &- 1] == 0x0d
      let line = UnsafeBufferPointer(start: UnsafePointer(bytes + start), count: feed &- start &- (isReturn ? 1 : 0))
      body(row, line, UnsafeBufferPointer(start: line.baseAddress, count: feed &- start &+ (row < endless ? 1 : 0)))
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
