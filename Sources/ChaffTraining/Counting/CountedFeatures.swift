import Chaff

/// Numbers the features of lines, each once a line.
struct CountedFeatures {
  private(set) var index: FeatureIndex
  /// The features of all lines, one after the other.
  private(set) var features: [UInt32] = []
  /// Features whose names are too long for a model.
  private(set) var longNames: Set<UInt32> = []
  private let recorded = RecordedLine()
  private var line: UInt32 = 0

  /// - Parameters:
  ///   - bytes: about how many the lines have.
  ///   - room: for how many times as many features of lines there is to be room.
  init(bytes: Int, room: Int = 1) {
    // Of ordinary lines one byte in sixteen brings a feature that is new.
    index = FeatureIndex(capacity: min(bytes / 16, 1 << 22))
    features.reserveCapacity(bytes / 2 * room)
  }

  /// Adds the features of a line that was read with others: its words, its pattern, its bigrams.
  mutating func add(_ line: Int, of lines: ScannedLines) {
    self.line += 1
    index.number(lines.words(line), .words, on: self.line, to: &features)
    index.number(lines.patterns(line), .patterns, on: self.line, to: &features)
    index.number(lines.bigrams(line), .bigrams, on: self.line, to: &features)
  }

  /// Adds the features of a line that is read by itself.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>) -> LineLook {
    line += 1
    let recorded = recorded
    let look = recorded.read(text) {
      add(recorded.words, .words) { recorded.appendName(ofWord: $0, to: &$1) }
    }
    recorded.patterns.withUnsafeBufferPointer {
      index.number($0, .patterns, on: line, to: &features)
    }
    add(recorded.bigrams, .bigrams) { recorded.appendName(ofBigram: $0, to: &$1) }
    return look
  }

  private mutating func add(
    _ hashes: UnsafeBufferPointer<UInt64>, _ block: FeatureBlock, _ name: (Int, inout [UInt8]) -> Void
  ) {
    let first = index.count
    index.number(hashes, block, on: line, to: &features)
    guard index.count > first else { return }
    var next = first
    for number in hashes.indices where next < index.count && hashes[number] == index.hashes[next] {
      var bytes: [UInt8] = []
      name(number, &bytes)
      if bytes.count > Vocabulary.longestName { longNames.insert(UInt32(next)) }
      next += 1
    }
  }

  // MARK: Which lines are read by themselves

  /// Names are longer than bytes by half at most, and a bigram has two of them. So a line has a name that is too long for a
  /// model only if it has as many bytes without a space.
  static let longestRun = (Vocabulary.longestName - 1) / 3 - 2

  /// Whether a line must be read by itself: it has too many bytes, a byte that would be taken for a line's end, or,
  /// perhaps, a name that is too long for a model.
  static func isAlone(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.last == 0x0d || LineSplitter.nextLineFeed(line, from: 0) != nil || line.count > ScannedLines.longestLine
      || hasLongRun(line)
  }

  /// Whether a line has more than ``longestRun`` bytes without a space. Looks at the places where such a run would have to
  /// go on, and from there backwards to the space before.
  private static func hasLongRun(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    var space = -1
    while space + longestRun + 1 < line.count {
      let end = space + longestRun + 1
      var place = end
      while place > space && line[place] != 0x20 { place -= 1 }
      if place == space { return true }
      space = place
    }
    return false
  }
}
