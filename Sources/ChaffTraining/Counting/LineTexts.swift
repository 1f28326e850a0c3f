/// The bytes of lines: none has memory of its own.
struct LineTexts: Sendable {
  /// Bytes with lines in them.
  private struct Segment: Sendable {
    let bytes: [UInt8]
    let firstLine: Int
  }

  /// One for each corpus that was joined.
  private var segments: [Segment] = []
  /// Where lines are in their segments.
  private var ranges: [Range<Int>] = []

  /// No lines.
  init() {}

  /// - Parameters:
  ///   - bytes: the lines and whatever else.
  ///   - ranges: where the lines are.
  init(_ bytes: [UInt8], ranges: [Range<Int>]) {
    segments = [Segment(bytes: bytes, firstLine: 0)]
    self.ranges = ranges
  }

  /// Calls `body` with the bytes of a line.
  @inline(__always)
  func withLine<T>(_ line: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
    var segment = segments.count - 1
    while segments[segment].firstLine > line { segment -= 1 }
    return segments[segment].bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[ranges[line]])) }
  }

  /// Adds lines behind these; bytes are not copied.
  mutating func append(_ other: LineTexts) {
    let first = ranges.count
    segments += other.segments.map { Segment(bytes: $0.bytes, firstLine: first + $0.firstLine) }
    ranges += other.ranges
  }
}
