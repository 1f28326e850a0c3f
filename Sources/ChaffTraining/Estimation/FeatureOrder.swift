import Chaff

/// Features in the order of a model's vocabulary.
enum FeatureOrder {
  /// Places ascending by block, then by the bytes of the name.
  /// - Complexity: O(*n* log *n*).
  static func byName(_ names: NameList, _ blocks: [FeatureBlock]) -> [Int] {
    // Most names differ in the first bytes, which are compared as a number.
    let keyed = names.indices.map { place in
      (block: blocks[place].rawValue, beginning: beginning(names[place]), place: place)
    }
    return keyed.sorted { left, right in
      if left.block != right.block { return left.block < right.block }
      if left.beginning != right.beginning { return left.beginning < right.beginning }
      return names[left.place].lexicographicallyPrecedes(names[right.place])
    }.map(\.place)
  }

  /// The first eight bytes as a number that is ordered as they are; what is missing is 0, which is before all others.
  private static func beginning(_ name: ArraySlice<UInt8>) -> UInt64 {
    let first = name.prefix(8)
    return first.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } << UInt64(8 * (8 - first.count))
  }
}
