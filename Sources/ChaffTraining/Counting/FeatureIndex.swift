import CLanes
import Chaff

/// Numbers features in the order in which they are met, and keeps their names, if it is told them.
struct FeatureIndex: Sendable {
  private(set) var hashes: [UInt64] = []
  /// The names of all features, or none: see ``IndexedCorpus/named()``.
  private(set) var names = NameList()
  private(set) var blocks: [FeatureBlock] = []
  /// Open addressing over a power of two.
  private var slots: [chaff_feature_slot]
  /// Scratch.
  private var added: [UInt64] = []

  /// - Parameter capacity: how many features there is room for at first.
  init(capacity: Int = 0) {
    slots = Self.slots(for: capacity)
    hashes.reserveCapacity(capacity)
    blocks.reserveCapacity(capacity)
  }

  private static func slots(for count: Int) -> [chaff_feature_slot] {
    var size = 1 << 10
    while size < 2 * count { size *= 2 }
    return Array(repeating: chaff_feature_slot(), count: size)
  }

  var count: Int { hashes.count }

  /// The block of each feature, by its number.
  var blockNumbers: [UInt8] { blocks.map { UInt8(truncatingIfNeeded: $0.rawValue) } }

  /// Whether names are known.
  var isNamed: Bool { names.count == count }

  /// Gives all features names.
  mutating func name(_ names: NameList) {
    precondition(names.count == count, "a name for each feature")
    self.names = names
  }

  /// Numbers the features of a line without naming those that are new.
  /// - Parameters:
  ///   - line: a number above 0, not below those of lines before.
  ///   - numbers: receives the number of each that was not met before on the line.
  /// - Complexity: O(features) expected.
  mutating func number(
    _ hashes: UnsafeBufferPointer<UInt64>, _ block: FeatureBlock, on line: UInt32, to numbers: inout [UInt32]
  ) {
    guard !hashes.isEmpty else { return }
    reserve(count + hashes.count)
    let known = count
    if added.count < hashes.count { added = Array(repeating: 0, count: 2 * hashes.count) }
    var addedCount = 0
    numbers.append(addingCapacity: hashes.count) { numbers in
      numbers.withUnsafeMutableBufferPointer { numbers, count in
        slots.withUnsafeMutableBufferPointer { slots in
          added.withUnsafeMutableBufferPointer { added in
            chaff_fetch_slots(slots.baseAddress, slots.count &- 1, hashes.baseAddress, hashes.count)
            count = chaff_number_features(
              slots.baseAddress, slots.count &- 1, hashes.baseAddress, hashes.count, line, UInt32(known),
              numbers.baseAddress, added.baseAddress, &addedCount)
          }
        }
      }
    }
    guard addedCount > 0 else { return }
    added.withUnsafeBufferPointer { self.hashes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[..<addedCount])) }
    blocks.append(contentsOf: repeatElement(block, count: addedCount))
  }

  /// Makes room for so many features.
  private mutating func reserve(_ count: Int) {
    guard count * 2 > slots.count || slots.isEmpty else { return }
    let old = slots
    slots = Self.slots(for: max(count, old.count))
    for slot in old where slot.number != 0 { slots[Self.find(slot.hash, slots)] = slot }
    guard old.isEmpty else { return }
    for (number, hash) in hashes.enumerated() {
      slots[Self.find(hash, slots)] = chaff_feature_slot(hash: hash, number: UInt32(number) + 1, line: 0)
    }
  }

  /// Adds a new feature, for which there is room.
  /// - Returns: its number.
  private mutating func append(_ hash: UInt64, block: FeatureBlock) -> UInt32 {
    let feature = UInt32(hashes.count)
    hashes.append(hash)
    blocks.append(block)
    slots[Self.find(hash, slots)] = chaff_feature_slot(hash: hash, number: feature + 1, line: 0)
    return feature
  }

  /// The number of a feature, new or known.
  /// - Complexity: O(1) expected.
  mutating func insert(_ hash: UInt64, block: FeatureBlock, name: () -> some Collection<UInt8>) -> Int {
    reserve(count + 1)
    let slot = slots[Self.find(hash, slots)]
    guard slot.number == 0 else { return Int(slot.number) - 1 }
    names.append { $0.append(contentsOf: name()) }
    return Int(append(hash, block: block))
  }

  /// The number of a feature of another index, new or known.
  /// - Complexity: O(1) expected.
  mutating func insert(_ feature: Int, of other: FeatureIndex) -> UInt32 {
    reserve(count + 1)
    let slot = slots[Self.find(other.hashes[feature], slots)]
    guard slot.number == 0 else { return slot.number &- 1 }
    if other.isNamed { names.append { other.names.append(feature, to: &$0) } }
    return append(other.hashes[feature], block: other.blocks[feature])
  }

  /// Asks for where hashes belong, so that it is in the cache when they are looked for: that does not wait for each other.
  @inline(__always)
  func fetch(_ hashes: UnsafeBufferPointer<UInt64>) {
    guard !slots.isEmpty else { return }
    slots.withUnsafeBufferPointer {
      chaff_fetch_slots($0.baseAddress, $0.count &- 1, hashes.baseAddress, hashes.count)
    }
  }

  /// The numbers of all features of another index, new or known, after which there are no others: their hashes are not put
  /// into the table, which is dropped, since few indices are asked for a hash again.
  /// - Complexity: O(features of the other) expected.
  mutating func insertLast(_ other: FeatureIndex) -> [UInt32] {
    reserve(count)
    var numbers = [UInt32](count: other.count) { numbers in
      slots.withUnsafeBufferPointer {
        chaff_find_features($0.baseAddress, $0.count &- 1, other.hashes, other.count, numbers)
      }
    }
    hashes.reserveCapacity(count + other.count)
    blocks.reserveCapacity(count + other.count)
    for feature in numbers.indices {
      if numbers[feature] == 0 {
        if other.isNamed { names.append { other.names.append(feature, to: &$0) } }
        hashes.append(other.hashes[feature])
        blocks.append(other.blocks[feature])
        numbers[feature] = UInt32(truncatingIfNeeded: hashes.count)
      }
      numbers[feature] &-= 1
    }
    slots = []
    return numbers
  }

  /// The numbers of all features of another index, new or known.
  /// - Complexity: O(features of the other) expected.
  mutating func insertAll(of other: FeatureIndex) -> [UInt32] {
    reserve(count + other.count)
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
  private static func find(_ hash: UInt64, _ slots: [chaff_feature_slot]) -> Int {
    slots.withUnsafeBufferPointer { slots in
      let mask = slots.count &- 1
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot].number != 0 && slots[slot].hash != hash { slot = (slot &+ 1) & mask }
      return slot
    }
  }

  /// Some of the features, numbered by their places in the list.
  /// - Complexity: O(features).
  func keeping(_ features: [Int]) -> FeatureIndex {
    var kept = FeatureIndex()
    kept.hashes = features.map { hashes[$0] }
    kept.blocks = features.map { blocks[$0] }
    if isNamed { for feature in features { kept.names.append { names.append(feature, to: &$0) } } }
    // Most are never asked for a feature by its hash: a table is made for those that are.
    kept.slots = []
    return kept
  }
}
