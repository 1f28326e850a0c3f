/// The text of rows that have been read and not yet decided, in order.
struct WaitingRows {
  private var bytes: [UInt8] = []
  private var firstByte = 0
  /// For each row its length, and how many of its last bytes are the line end.
  private var rows: [(length: Int, lineEnd: Int)] = []
  private var firstRow = 0

  mutating func append(_ line: UnsafeBufferPointer<UInt8>, lineEnd: Int) {
    bytes.append(contentsOf: line)
    // The line end follows the line in the input's buffer.
    if lineEnd > 0, let base = line.baseAddress {
      bytes.append(contentsOf: UnsafeBufferPointer(start: base + line.count, count: lineEnd))
    }
    rows.append((line.count + lineEnd, lineEnd))
  }

  /// Calls `body` with the first `count` rows and forgets them.
  mutating func take(
    _ count: Int,
    _ body: (_ index: Int, _ line: UnsafeBufferPointer<UInt8>, _ whole: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    bytes.withUnsafeBufferPointer { buffer in
      for index in 0..<count {
        let row = rows[firstRow + index]
        let whole = UnsafeBufferPointer(rebasing: buffer[firstByte..<firstByte + row.length])
        body(index, UnsafeBufferPointer(rebasing: whole[..<(row.length - row.lineEnd)]), whole)
        firstByte += row.length
      }
    }
    firstRow += count
    if firstRow == rows.count {
      bytes.removeAll(keepingCapacity: true)
      rows.removeAll(keepingCapacity: true)
      (firstByte, firstRow) = (0, 0)
    } else if firstByte > 1 << 20 {
      bytes.removeFirst(firstByte)
      rows.removeFirst(firstRow)
      (firstByte, firstRow) = (0, 0)
    }
  }
}
