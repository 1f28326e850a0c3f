import Chaff

/// Numbers the hashed features of lines, each once a line, and names those that are new.
struct CountedFeatures {
  private(set) var index = FeatureIndex(capacity: 1 << 16)
  /// The features of all lines, one after the other.
  private(set) var features: [UInt32] = []
  private let recorded = RecordedLine()
  private var line: UInt32 = 0

  /// Adds the features of a line: its words, its pattern, its bigrams.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>) -> LineLook {
    line += 1
    let recorded = recorded
    let look = recorded.read(text) {
      add(recorded.words, .words) { recorded.appendName(ofWord: $0, to: &$1) }
    }
    recorded.patterns.withUnsafeBufferPointer {
      add($0, .patterns) { recorded.appendName(ofPattern: $0, to: &$1) }
    }
    add(recorded.bigrams, .bigrams) { recorded.appendName(ofBigram: $0, to: &$1) }
    return look
  }

  @inline(__always)
  private mutating func add(
    _ hashes: UnsafeBufferPointer<UInt64>, _ block: FeatureBlock, _ name: (Int, inout [UInt8]) -> Void
  ) {
    index.fetch(hashes)
    for number in hashes.indices {
      let hash = hashes[number]
      switch index.meet(hash, on: line) {
      case .first(let feature): features.append(feature)
      case .again: break
      case .new: features.append(index.append(hash, block: block, on: line) { name(number, &$0) })
      }
    }
  }
}
