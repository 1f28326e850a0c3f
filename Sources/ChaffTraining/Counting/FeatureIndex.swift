import Chaff

/// Numbers hashed features in the order in which they are met, and keeps their names.
struct FeatureIndex: Sendable {
  private(set) var hashes: [UInt64] = []
  private(set) var names = NameList()
  private(set) var blocks: [FeatureBlock] = []
  /// Open addressing over a power of two.
  private var slots: [Slot]

  /// Keeps the compiler from leaving reads out whose results nobody wants.
  private var fetched: UInt32 = 0

  /// All that a look-up needs, side by side.
  private struct Slot: Sendable {
    var hash: UInt64 = 0
    /// The feature's number plus 1; 0 is empty.
    var feature: UInt32 = 0
    /// Where the feature was met last.
    var line: UInt32 = 0
  }

  /// - Parameter capacity: how many features there is room for at first.
  init(capacity: Int = 0) {
    var size = 1 << 10
    while size < 2 * capacity { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
    hashes.reserveCapacity(capacity)
    blocks.reserveCapacity(capacity)
  }

  var count: Int { hashes.count }

  /// What is known of a feature that stands on a line.
  enum Meeting {
    /// It was not met before on the line; its number.
    case first(UInt32)
    /// It was.
    case again
    /// It is new.
    case new
  }

  /// Reads where hashes belong, so that it is in the cache when they are looked for: these reads do not wait for each
  /// other.
  @inline(__always)
  mutating func fetch(_ hashes: UnsafeBufferPointer<UInt64>) {
    slots.withUnsafeBufferPointer { slots in
      for hash in hashes { fetched &+= slots[Int(truncatingIfNeeded: hash) & (slots.count &- 1)].line }
    }
  }

  /// Looks for a feature of a line.
  /// - Parameter line: a number above 0, not below those of lines before.
  /// - Complexity: O(1) expected.
  @inline(__always)
  mutating func meet(_ hash: UInt64, on line: UInt32) -> Meeting {
    let slot = Self.find(hash, slots)
    guard slots[slot].feature != 0 else { return .new }
    guard slots[slot].line != line else { return .again }
    slots[slot].line = line
    return .first(slots[slot].feature &- 1)
  }

  /// Adds a new feature.
  /// - Parameters:
  ///   - line: where it was met; 0 if that plays no part.
  ///   - name: appends its name to those of others.
  /// - Returns: its number.
  /// - Complexity: O(1) expected.
  mutating func append(
    _ hash: UInt64, block: FeatureBlock, on line: UInt32 = 0, name: (inout [UInt8]) -> Void
  ) -> UInt32 {
    let feature = UInt32(hashes.count)
    hashes.append(hash)
    names.append(name)
    blocks.append(block)
    if hashes.count * 2 > slots.count { grow() }
    slots[Self.find(hash, slots)] = Slot(hash: hash, feature: feature + 1, line: line)
    return feature
  }

  /// The number of a feature, new or known.
  /// - Complexity: O(1) expected.
  mutating func insert(_ hash: UInt64, block: FeatureBlock, name: () -> some Collection<UInt8>) -> Int {
    let slot = slots[Self.find(hash, slots)]
    guard slot.feature == 0 else { return Int(slot.feature) - 1 }
    return Int(append(hash, block: block) { $0.append(contentsOf: name()) })
  }

  /// The number of a feature of another index, new or known.
  /// - Complexity: O(1) expected.
  mutating func insert(_ feature: Int, of other: FeatureIndex) -> UInt32 {
    let slot = slots[Self.find(other.hashes[feature], slots)]
    guard slot.feature == 0 else { return slot.feature &- 1 }
    return append(other.hashes[feature], block: other.blocks[feature]) { other.names.append(feature, to: &$0) }
  }

  /// The numbers of all features of another index, new or known.
  /// - Complexity: O(features of the other) expected.
  mutating func insertAll(of other: FeatureIndex) -> [UInt32] {
    var numbers: [UInt32] = []
    numbers.reserveCapacity(other.count)
    for start in stride(from: 0, to: other.count, by: 64) {
      let end = min(start + 64, other.count)
      other.hashes.withUnsafeBufferPointer { fetch(UnsafeBufferPointer(rebasing: $0[start..<end])) }
      for feature in start..<end { numbers.append(insert(feature, of: other)) }
    }
    return numbers
  }

  /// The slot that holds a hash, or where it belongs.
  @inline(__always)
  private static func find(_ hash: UInt64, _ slots: [Slot]) -> Int {
    slots.withUnsafeBufferPointer { slots in
      let mask = slots.count &- 1
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot].feature != 0 && slots[slot].hash != hash { slot = (slot &+ 1) & mask }
      return slot
    }
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    for slot in old where slot.feature != 0 { slots[Self.find(slot.hash, slots)] = slot }
  }

  /// Some of the features, numbered by their places in the list.
  func keeping(_ features: [Int]) -> FeatureIndex {
    var kept = FeatureIndex(capacity: features.count)
    for feature in features { _ = kept.insert(feature, of: self) }
    return kept
  }
}
