/// The features of one line as the classifier counts them: each row of the model once.
///
/// It reads the same scanner as the scorer, so that an explanation cannot speak of other features than those that
/// were judged by.
struct LineFeatures {
  /// A feature of the line that the model knows.
  struct Feature: Equatable {
    let block: FeatureBlock
    /// The rank of its row in the table.
    let row: Int
  }

  let look: LineLook
  let features: [Feature]

  /// - Complexity: O(bytes).
  init(_ line: UnsafeBufferPointer<UInt8>, table: FeatureTable) {
    var sink = HashCollector()
    var reader = LineReader()
    look = reader.read(line, into: &sink)
    var seen: Set<Int> = []
    var features: [Feature] = []
    for block in FeatureBlock.allCases {
      for hash in sink.hashes[block.rawValue] {
        let rank = table.rank(of: hash)
        if rank >= 0 && seen.insert(rank).inserted { features.append(Feature(block: block, row: rank)) }
      }
    }
    self.features = features
  }
}

/// Gathers a line's hashes by block, in order, with repetitions.
private struct HashCollector: FeatureSink {
  var hashes = [[UInt64]](repeating: [], count: FeatureBlock.count)

  mutating func word(_ hash: UInt64) { hashes[FeatureBlock.words.rawValue].append(hash) }
  mutating func bigram(_ hash: UInt64) { hashes[FeatureBlock.bigrams.rawValue].append(hash) }
  mutating func dropBigrams() { hashes[FeatureBlock.bigrams.rawValue].removeAll() }
  mutating func pattern(_ hash: UInt64, name: () -> [UInt8]) { hashes[FeatureBlock.patterns.rawValue].append(hash) }
}

extension Model {
  /// What a feature adds to a label's log-likelihood, in nats: its quantised row times the pool's weight.
  func contribution(of feature: LineFeatures.Feature, label: Int, lengthClass: Int) -> Double {
    let vector = (lengthClass * FeatureBlock.count + feature.block.rawValue) * labelGroups + label / 16
    return Double(table.value(feature.row, label: label)) * Double(coefficients[vector][label % 16])
  }
}
