import CLanes

/// The hashes of the tokens of patterns, in tables for `chaff_read_tokens`.
///
/// They live for ever, as the common words do.
struct TokenNames: Sendable {
  nonisolated(unsafe) let tables: chaff_token_names

  static let english = TokenNames(.english)

  private init(_ words: CommonWords) {
    let marks = UnsafeMutablePointer<UInt64>.allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max {
      (marks + Int(byte)).initialize(
        to: byte == 0x0a ? PatternToken.end.hash : WordHasher.hash(of: CollectionOfOne(byte)))
    }
    // Numbers as if they were common words: then they need no more than a word does.
    let numbers = zip(FeatureHash.numbers, PatternToken.numbers.map(\.hash))
    let table = HashTable(words.hashes + FeatureHash.numbers)
    let names = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * table.slotCount + PatternToken.looks.count)
    for slot in 0..<table.slotCount {
      let word = table.slots[slot]
      let number = numbers.first { $0.0 == word }?.1
      (names + 2 * slot).initialize(to: number ?? word)
      (names + 2 * slot + 1).initialize(to: number ?? FeatureHash.capitalised(word))
    }
    (names + 2 * table.slotCount).initialize(
      from: PatternToken.looks.map(\.hash), count: PatternToken.looks.count)
    tables = chaff_token_names(
      marks: marks, common: table.slots, common_mask: UInt32(table.mask), names: names)
  }
}
