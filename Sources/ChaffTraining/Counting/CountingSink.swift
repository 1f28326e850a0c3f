import Chaff

/// Gathers a line's hashed features for counting, each once, and names those that are new.
struct CountingSink: FeatureSink {
  private(set) var index: FeatureIndex
  /// The features of the line.
  private(set) var features: [UInt32] = []
  private var word: [UInt8] = []
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
    line += 1
  }

  /// A name that is too long for a model is cut one byte later: a word of many megabytes is not kept again and again.
  mutating func folded(_ byte: UInt8) {
    if word.count <= Vocabulary.longestName { word.append(byte) }
  }

  mutating func word(_ hash: UInt64) {
    if word.isEmpty { word = Self.numberName(hash) }
    let name = word
    add(hash, .words) { name }
  }

  mutating func bigram(_ hash: UInt64) {
    let isLast = word.isEmpty
    let second = isLast ? FeatureHash.lineEndName : word
    let first = previous
    add(hash, .bigrams) { first + [0x20] + second }
    previous = second
    word.removeAll(keepingCapacity: true)
  }

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
