import Chaff

/// Numbers hashed features in the order in which they are met, and keeps their names.
struct FeatureIndex: Sendable {
  private(set) var hashes: [UInt64] = []
  private(set) var names: [[UInt8]] = []
  private(set) var blocks: [FeatureBlock] = []
  /// Open addressing over a power of two; 0 is empty, else the feature's number plus 1.
  private var slots = [UInt32](repeating: 0, count: 1 << 16)

  var count: Int { hashes.count }

  /// The number of a feature, new or known.
  /// - Complexity: O(1) expected.
  mutating func insert(_ hash: UInt64, block: FeatureBlock, name: () -> [UInt8]) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let feature = Int(slots[slot]) - 1
      if hashes[feature] == hash { return feature }
      slot = (slot + 1) & (slots.count - 1)
    }
    hashes.append(hash)
    names.append(name())
    blocks.append(block)
    slots[slot] = UInt32(hashes.count)
    if hashes.count * 2 > slots.count { grow() }
    return hashes.count - 1
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (feature, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(feature + 1)
    }
  }
}
