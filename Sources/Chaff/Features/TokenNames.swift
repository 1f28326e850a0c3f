import CLanes

/// The hashes of the tokens of patterns, in tables for `chaff_read_tokens`.
///
/// They live for ever, as the common words do.
struct TokenNames: Sendable {
  nonisolated(unsafe) let tables: chaff_token_names

  static let english = TokenNames(.english)

  private init(_ words: CommonWords) {
    let kinds = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    let marks = UnsafeMutablePointer<UInt64>.allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max {
      let kind = ByteClass.of(byte)
      let isWord = kind == ByteClass.lower || kind == ByteClass.upper || kind == ByteClass.digit
      (kinds + Int(byte)).initialize(to: UInt8(isWord ? chaff_word : byte == 0x0a ? chaff_feed : 0))
      (marks + Int(byte)).initialize(
        to: byte == 0x0a ? PatternToken.end.hash : WordHasher.hash(of: CollectionOfOne(byte)))
    }
    let looks = UnsafeMutablePointer<UInt64>.allocate(capacity: PatternToken.looks.count)
    looks.initialize(from: PatternToken.looks.map(\.hash), count: PatternToken.looks.count)
    // Numbers as if they were common words: then they need no more than a word does.
    let numbers = zip(FeatureHash.numbers, PatternToken.numbers.map(\.hash))
    let table = HashTable(words.hashes + FeatureHash.numbers)
    let cased = UnsafeMutablePointer<(UInt64, UInt64)>.allocate(capacity: table.slotCount)
    for slot in 0..<table.slotCount {
      let word = table.slots[slot]
      let number = numbers.first { $0.0 == word }?.1
      (cased + slot).initialize(to: (number ?? word, number ?? FeatureHash.capitalised(word)))
    }
    tables = chaff_token_names(
      kinds: kinds, marks: marks, looks: looks, common: table.slots, cased: cased, common_mask: UInt32(table.mask))
  }
}
