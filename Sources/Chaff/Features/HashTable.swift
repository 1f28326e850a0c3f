/// A set of hashes, in two tables, one behind the other: a hash stands in one of them, at its place there (cuckoo hashing,
/// Pagh & Rodler 2004). So a look-up is two loads and no branch.
///
/// It lives for ever: make few.
struct HashTable: Sendable {
  /// 0 is empty.
  nonisolated(unsafe) let slots: UnsafePointer<UInt64>
  /// One less than the slots of a table, which are a power of two.
  let mask: Int

  /// - Parameter hashes: each once, and none 0.
  init(_ hashes: [UInt64]) {
    var size = 512
    var slots = Self.placed(hashes, size: size)
    while slots == nil {
      size *= 2
      slots = Self.placed(hashes, size: size)
    }
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * size)
    memory.initialize(from: slots ?? [], count: 2 * size)
    self.slots = UnsafePointer(memory)
    mask = size - 1
  }

  /// How many slots both tables have.
  var slotCount: Int { 2 * mask + 2 }

  /// The two tables; nil if they are too small. Who finds the place taken moves in, and who was there goes to the other
  /// table.
  private static func placed(_ hashes: [UInt64], size: Int) -> [UInt64]? {
    var slots = [UInt64](repeating: 0, count: 2 * size)
    for hash in hashes {
      var homeless = hash
      var table = 0
      var moves = 0
      while homeless != 0 {
        guard moves < 64 else { return nil }
        swap(&slots[place(homeless, table, mask: size - 1)], &homeless)
        table = 1 - table
        moves += 1
      }
    }
    return slots
  }

  /// The place of a hash in the first table, or in the second.
  @inline(__always)
  private static func place(_ hash: UInt64, _ table: Int, mask: Int) -> Int {
    table == 0
      ? Int(truncatingIfNeeded: hash) & mask : (Int(truncatingIfNeeded: hash &>> 32) & mask) &+ mask &+ 1
  }

  /// Whether a hash is in the set.
  /// - Complexity: O(1).
  @inline(__always)
  func contains(_ hash: UInt64) -> Bool {
    let first = slots[Self.place(hash, 0, mask: mask)] ^ hash
    let second = slots[Self.place(hash, 1, mask: mask)] ^ hash
    return first == 0 || second == 0
  }
}
