import Chaff

/// Gathers a line's hashed features for counting, each once, and names those that are new.
struct CountingSink: FeatureSink {
  private(set) var index: FeatureIndex
  /// The features of the line.
  private(set) var features: [UInt32] = []
  /// The names of the marks at a line's ends, and behind them the bytes of the line's words, one after the other: a word
  /// has memory of its own only if it is new.
  private var bytes = FeatureHash.lineStartName + FeatureHash.lineEndName
  private static let lineStart = 0..<FeatureHash.lineStartName.count
  private static let lineEnd = lineStart.upperBound..<lineStart.upperBound + FeatureHash.lineEndName.count
  /// Where the word that is being read begins in `bytes`.
  private var wordStart = Self.lineEnd.upperBound
  private var wordCount = 0
  /// The word that was read last, until its bigram is told; the line's end has none.
  private var last: Range<Int>?
  /// Bigrams wait for the end of the line, which may have too many words for them.
  private var bigrams: [(hash: UInt64, first: Range<Int>, second: Range<Int>)] = []
  private var previous = Self.lineStart
  private var seenOnLine: [UInt32] = []
  private var line: UInt32 = 0

  init(index: FeatureIndex) {
    self.index = index
    seenOnLine = Array(repeating: 0, count: index.count)
  }

  /// Begins the next line.
  mutating func beginLine() {
    features.removeAll(keepingCapacity: true)
    bytes.removeLast(bytes.count - Self.lineEnd.upperBound)
    wordStart = bytes.count
    wordCount = 0
    previous = Self.lineStart
    last = nil
    line += 1
  }

  /// A name that is too long for a model is cut one byte later: a word of many megabytes is not kept again and again.
  mutating func folded(_ byte: UInt8) {
    if bytes.count - wordStart <= Vocabulary.longestName { bytes.append(byte) }
  }

  mutating func word(_ hash: UInt64) {
    // Of words that have no bigrams, only one is kept.
    defer { wordStart = bytes.count }
    if wordStart == bytes.count { bytes.append(contentsOf: Self.numberName(hash)) }
    let name = wordStart..<bytes.count
    add(hash, .words) { Array($0[name]) }
    last = name
    wordCount += 1
    if wordCount > LineReader.longestPairedLine { bytes.removeLast(name.count) }
  }

  mutating func bigram(_ hash: UInt64) {
    let second = last ?? Self.lineEnd
    bigrams.append((hash, previous, second))
    previous = second
    last = nil
  }

  mutating func dropBigrams() { bigrams.removeAll(keepingCapacity: true) }

  mutating func endLine() {
    for (hash, first, second) in bigrams { add(hash, .bigrams) { $0[first] + [0x20] + $0[second] } }
    bigrams.removeAll(keepingCapacity: true)
  }

  mutating func pattern(_ hash: UInt64, name: () -> [UInt8]) { add(hash, .patterns) { _ in name() } }

  private mutating func add(_ hash: UInt64, _ block: FeatureBlock, _ name: (_ bytes: [UInt8]) -> [UInt8]) {
    let feature = index.insert(hash, block: block) { name(bytes) }
    if feature == seenOnLine.count { seenOnLine.append(0) }
    guard seenOnLine[feature] != line else { return }
    seenOnLine[feature] = line
    features.append(UInt32(feature))
  }

  private static let numberNames: [(hash: UInt64, name: [UInt8])] =
    (1...5).map { (FeatureHash.number(digits: $0), [UInt8](repeating: 0x23, count: $0)) }
    + [(FeatureHash.year, FeatureHash.yearName)]

  private static func numberName(_ hash: UInt64) -> [UInt8] {
    numberNames.first { $0.hash == hash }?.name ?? []
  }
}
