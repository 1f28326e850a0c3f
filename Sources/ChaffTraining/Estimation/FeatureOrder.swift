import Chaff

/// Features in the order of a model's vocabulary.
enum FeatureOrder {
  /// Ascending by block, then by the bytes of the name.
  /// - Complexity: O(*n* log *n*).
  static func byName(_ features: [Int], _ index: FeatureIndex) -> [Int] {
    // Most names differ in the first bytes, which are compared as a number.
    let keyed = features.map { feature in
      (block: index.blocks[feature].rawValue, beginning: beginning(index.names[feature]), feature: feature)
    }
    return keyed.sorted { left, right in
      if left.block != right.block { return left.block < right.block }
      if left.beginning != right.beginning { return left.beginning < right.beginning }
      return index.names[left.feature].lexicographicallyPrecedes(index.names[right.feature])
    }.map(\.feature)
  }

  /// The first eight bytes as a number that is ordered as they are; what is missing is 0, which is before all others.
  private static func beginning(_ name: ArraySlice<UInt8>) -> UInt64 {
    let first = name.prefix(8)
    return first.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } << UInt64(8 * (8 - first.count))
  }
}
