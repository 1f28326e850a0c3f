/// Splits bytes into lines at line feeds; a carriage return before one belongs to the line end.
package enum LineSplitter {
  /// Calls `body` with the range of each line of `bytes`, without its line end.
  ///
  /// A final line feed ends the last line and begins no further one, so there are as many lines as a text editor counts.
  /// - Complexity: O(bytes).
  package static func forEachLine(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) {
    var start = 0
    while start < bytes.count {
      let end = nextLineFeed(bytes, from: start) ?? bytes.count
      body(start..<contentEnd(bytes, start, end))
      start = end + 1
    }
  }

  /// The lines of `bytes`, without their line ends.
  /// - Complexity: O(bytes).
  package static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    bytes.withUnsafeBufferPointer { buffer in forEachLine(buffer) { lines.append(Array(buffer[$0])) } }
    return lines
  }

  /// The end of the line's text: before a carriage return that precedes the line feed.
  @inline(__always)
  package static func contentEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    end > start && bytes[end - 1] == 0x0d ? end - 1 : end
  }

  /// The next line feed, found eight bytes at a time.
  @inline(__always)
  package static func nextLineFeed(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let raw = UnsafeRawPointer(base)
    var index = start
    while index &+ 8 <= bytes.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian ^ 0x0a0a_0a0a_0a0a_0a0a
      let found = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if found != 0 { return index &+ (found.trailingZeroBitCount &>> 3) }
      index &+= 8
    }
    while index < bytes.count {
      if bytes[index] == 0x0a { return index }
      index &+= 1
    }
    return nil
  }
}

extension LineSplitter {
  /// Whether a line has nothing but spaces, tabs and carriage returns.
  package static func isBlank(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
  }
}
