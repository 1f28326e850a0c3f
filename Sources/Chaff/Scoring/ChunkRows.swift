import CLanes

/// The rows of a text that are worked on at once: those that are remembered, and the others, brought together.
///
/// Not `Sendable`: it owns scratch memory. Make one a thread.
final class ChunkRows {
  /// How many bytes of new rows are worked on at once, about, and how many rows at most: what is worked out of them stays
  /// in the fastest caches.
  private static let byteLimit = 8192
  private static let rowLimit = LineMemory.newCount

  private var rows: chaff_chunk_rows

  init() {
    // A row may have its line end twice, and stands alone if it is long. What is not used is not touched.
    let capacity = max(Self.byteLimit, LineText.lineLimit + 2) + ChunkScanner.padding
    rows = chaff_chunk_rows(
      places: .allocate(capacity: Self.rowLimit), bytes: .allocate(capacity: capacity),
      feeds: .allocate(capacity: Self.rowLimit), shorts: .allocate(capacity: Self.rowLimit + 1), count: 0, new_count: 0,
      short_count: 0)
  }

  deinit {
    rows.places.deallocate()
    rows.bytes.deallocate()
    rows.feeds.deallocate()
    rows.shorts.deallocate()
  }

  /// For each row, its place in the ``LineMemory``.
  var places: UnsafePointer<Int32> { UnsafePointer(rows.places) }

  /// How many rows there are.
  var count: Int { rows.count }

  /// The new rows, each followed by a line feed.
  var bytes: UnsafePointer<UInt8> { UnsafePointer(rows.bytes) }

  /// Where line feeds stand in ``bytes``.
  var feeds: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: rows.feeds, count: rows.new_count) }

  /// The new rows that are so short that they can be remembered.
  var shortRows: UnsafeBufferPointer<chaff_short_row> {
    UnsafeBufferPointer(start: rows.shorts, count: rows.short_count)
  }

  /// Takes rows of a text, at least one.
  /// - Parameters:
  ///   - first: the first.
  ///   - memory: what is remembered.
  /// - Returns: the row behind the last that was taken.
  /// - Complexity: O(bytes).
  func read(_ text: LineText, from first: Int, _ memory: LineMemory) -> Int {
    text.withRows(first..<min(text.rowCount, first + Self.rowLimit)) { source, feeds, origin in
      var source = chaff_row_source(
        text: source, feeds: feeds.baseAddress, count: feeds.count, origin: origin, keys: memory.keys,
        place_mask: LineMemory.placeCount - 1, new_place: LineMemory.place(ofNew: 0), byte_limit: Self.byteLimit)
      var rows = rows
      chaff_read_rows(&source, &rows)
      self.rows = rows
    }
    return first + rows.count
  }
}
