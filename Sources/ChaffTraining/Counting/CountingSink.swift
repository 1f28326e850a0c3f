import Chaff

/// Gathers a line's hashed features for counting, each once, and names those that are new.
struct CountingSink: FeatureSink {
  private(set) var index: FeatureIndex
  /// The features of the line.
  private(set) var features: [UInt32] = []
  /// The word that is being read.
  private var word: [UInt8] = []
  /// The word that was read last, until its bigram is told; the line's end has none.
  private var last: [UInt8]?
  /// Bigrams wait for the end of the line, which may have too many words for them.
  private var bigrams: [(hash: UInt64, first: [UInt8], second: [UInt8])] = []
  private var previous = FeatureHash.lineStartName
  private var seenOnLine: [UInt32] = []
  private var line: UInt32 = 0

  init(index: FeatureIndex) {
    self.index = index
    seenOnLine = Array(repeating: 0, count: index.count)
  }

  /// Begins the next line.
  mutating func beginLine() {
    features.removeAll(keepingCapacity: true)
    word.removeAll(keepingCapacity: true)
    previous = FeatureHash.lineStartName
    last = nil
    line += 1
  }

  /// A name that is too long for a model is cut one byte later: a word of many megabytes is not kept again and again.
  mutating func folded(_ byte: UInt8) {
    if word.count <= Vocabulary.longestName { word.append(byte) }
  }

  mutating func word(_ hash: UInt64) {
    let name = word.isEmpty ? Self.numberName(hash) : word
    word.removeAll(keepingCapacity: true)
    last = name
    add(hash, .words) { name }
  }

  mutating func bigram(_ hash: UInt64) {
    let second = last ?? FeatureHash.lineEndName
    bigrams.append((hash, previous, second))
    previous = second
    last = nil
  }

  mutating func dropBigrams() { bigrams.removeAll(keepingCapacity: true) }

  mutating func endLine() {
    for (hash, first, second) in bigrams { add(hash, .bigrams) { first + [0x20] + second } }
    bigrams.removeAll(keepingCapacity: true)
  }

  mutating func pattern(_ hash: UInt64, name: () -> [UInt8]) { add(hash, .patterns, name) }

  private mutating func add(_ hash: UInt64, _ block: FeatureBlock, _ name: () -> [UInt8]) {
    let feature = index.insert(hash, block: block, name: name)
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
