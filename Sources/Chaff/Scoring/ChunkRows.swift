/// The rows of a text that are worked on at once: those that are remembered, and the others, brought together.
///
/// Not `Sendable`: it owns scratch memory. Make one a thread.
final class ChunkRows {
  /// How many bytes of new rows are worked on at once, about, and how many rows at most: what is worked out of them stays
  /// in the fastest caches.
  private static let byteLimit = 8192
  private static let rowLimit = LineMemory.newCount

  /// For each row, its place in the ``LineMemory``.
  let places: UnsafeMutablePointer<Int32>
  /// How many rows there are.
  private(set) var count = 0
  /// The new rows, each followed by a line feed, and where those stand.
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private let feedMemory: UnsafeMutablePointer<UInt32>
  private(set) var newCount = 0
  /// Which of the new rows are so short that they can be remembered.
  let shortRows: UnsafeMutablePointer<Int32>
  private(set) var shortCount = 0
  private var capacity = byteLimit
  private var used = 0

  init() {
    places = .allocate(capacity: Self.rowLimit)
    bytes = .allocate(capacity: capacity + ChunkScanner.padding)
    feedMemory = .allocate(capacity: Self.rowLimit)
    shortRows = .allocate(capacity: Self.rowLimit + 1)
  }

  deinit {
    places.deallocate()
    bytes.deallocate()
    feedMemory.deallocate()
    shortRows.deallocate()
  }

  /// Where line feeds stand in ``bytes``.
  var feeds: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: feedMemory, count: newCount) }

  /// The key of a new row.
  @inline(__always)
  func key(ofNew row: Int) -> LineMemory.Key {
    let start = row == 0 ? 0 : Int(feedMemory[row &- 1]) &+ 1
    return LineMemory.Key(bytes + start, count: Int(feedMemory[row]) &- start)
  }

  /// Takes rows of a text, at least one.
  /// - Parameters:
  ///   - first: the first.
  ///   - memory: what is remembered.
  /// - Returns: the row behind the last that was taken.
  /// - Complexity: O(bytes).
  func read(_ text: LineText, from first: Int, _ memory: LineMemory) -> Int {
    used = 0
    text.withRows(first..<min(text.rowCount, first + Self.rowLimit)) { source, feeds, origin in
      var (start, row, new, short) = (0, 0, 0, 0)
      // New rows that follow each other are copied at once.
      var runStart = 0
      while row < feeds.count {
        let feed = Int(feeds[row]) &- origin
        let isShort = feed &- start <= LineMemory.longestLine
        let key = LineMemory.Key(source + start, count: feed &- start)
        if isShort && memory.has(key) {
          copy(source, runStart..<start)
          runStart = feed &+ 1
          places[row] = Int32(truncatingIfNeeded: key.place)
        } else {
          let end = used &+ (feed &- runStart)
          if new > 0 && end >= Self.byteLimit { break }
          places[row] = Int32(truncatingIfNeeded: LineMemory.place(ofNew: new))
          feedMemory[new] = UInt32(truncatingIfNeeded: end)
          shortRows[short] = Int32(truncatingIfNeeded: new)
          short &+= isShort ? 1 : 0
          new &+= 1
        }
        start = feed &+ 1
        row &+= 1
      }
      copy(source, runStart..<start)
      (count, newCount, shortCount) = (row, new, short)
    }
    return first + count
  }

  @inline(__always)
  private func copy(_ source: UnsafePointer<UInt8>, _ range: Range<Int>) {
    reserve(used &+ range.count)
    (bytes + used).update(from: source + range.lowerBound, count: range.count)
    used &+= range.count
  }

  private func reserve(_ count: Int) {
    guard count > capacity else { return }
    capacity = 2 * count
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + ChunkScanner.padding)
    larger.update(from: bytes, count: used)
    bytes.deallocate()
    bytes = larger
  }
}
