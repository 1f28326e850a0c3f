/// Hashes that name features: words, word bigrams and patterns.
///
/// The hash is fixed by the model format. It is not keyed: a crafted page can only make itself be judged
/// wrongly, since a lookup costs the same however the hashes fall.
package enum FeatureHash {
  /// The mark before the first and after the last word of a line.
  package static let lineMark: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// A bijective mixer (the finalizer of SplitMix64, with its first two steps).
  @inline(__always)
  package static func mix(_ value: UInt64) -> UInt64 {
    var x = value
    x = (x ^ (x >> 32)) &* 0xbf58_476d_1ce4_e5b9
    x = (x ^ (x >> 29)) &* 0x94d0_49bb_1331_11eb
    return x ^ (x >> 32)
  }

  /// The two halves of a product, each bit of which depends on most of the value's, laid over each other: one
  /// multiplication (after Yi's wyhash).
  @inline(__always)
  package static func fold(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x2545_f491_4f6c_dd1d).multipliedFullWidth(by: 0xbf58_476d_1ce4_e5b9)
    return product.high ^ product.low
  }

  /// The word bigram of two word hashes; order matters.
  @inline(__always)
  package static func bigram(_ first: UInt64, _ second: UInt64) -> UInt64 {
    fold((first &<< 23 | first &>> 41) &+ second)
  }

  /// A common word that begins with a capital, from the hash of the folded word.
  @inline(__always)
  package static func capitalised(_ word: UInt64) -> UInt64 { mix(word ^ 0x510e_527f_ade6_82d1) }

  /// A token of a pattern by its name; "^the" is a common word that begins with a capital.
  package static func token(_ name: some Collection<UInt8>) -> UInt64 {
    guard name.count > 1 && name.first == UInt8(ascii: "^") else { return WordHasher.hash(of: name) }
    return capitalised(WordHasher.hash(of: name.dropFirst()))
  }

  /// Three neighbouring tokens of a pattern; order matters.
  @inline(__always)
  package static func pattern(_ first: UInt64, _ second: UInt64, _ third: UInt64) -> UInt64 {
    mix((first &* 5) &+ ((second << 23) | (second >> 41)) &+ ((third << 47) | (third >> 17)) &+ 0x6a09_e667_f3bc_c909)
  }
}

/// A word's hash, built byte by byte as the scanner folds it.
///
/// Eight bytes are packed into a register before they are multiplied in: one multiplication for most words.
package struct WordHasher: Sendable {
  private var state: UInt64 = 0
  private var packed: UInt64 = 0
  package var count = 0

  @inline(__always)
  package init() {}

  @inline(__always)
  package mutating func add(_ byte: UInt8) {
    if count & 7 == 0 && count > 0 {
      state = FeatureHash.fold(state ^ packed)
      packed = 0
    }
    packed |= UInt64(byte) &<< UInt64(truncatingIfNeeded: (count & 7) &* 8)
    count &+= 1
  }

  /// The hash of the bytes added so far.
  @inline(__always)
  package var value: UInt64 {
    FeatureHash.fold(state ^ packed ^ (UInt64(truncatingIfNeeded: count) &<< 56))
  }

  package static func hash(of text: some Sequence<UInt8>) -> UInt64 {
    var hasher = WordHasher()
    for byte in text { hasher.add(byte) }
    return hasher.value
  }

  /// The hash of a word of ASCII letters, folded to lower case, read eight bytes at once.
  ///
  /// - Parameters:
  ///   - word: the letters; up to seven bytes behind them are read and ignored.
  ///   - count: how many, above 0.
  @inline(__always)
  static func hash(letters word: UnsafeRawPointer, count: Int) -> UInt64 {
    var state: UInt64 = 0
    var rest = count
    var next = word
    // One word in twenty has more than eight letters.
    while rest > 8 {
      state = FeatureHash.fold(state ^ (next.loadUnaligned(as: UInt64.self).littleEndian | 0x2020_2020_2020_2020))
      next += 8
      rest &-= 8
    }
    let packed = next.loadUnaligned(as: UInt64.self).littleEndian | 0x2020_2020_2020_2020
    let kept = ~0 &>> UInt64(truncatingIfNeeded: 64 &- 8 &* rest)
    return FeatureHash.fold(state ^ (packed & kept) ^ (UInt64(truncatingIfNeeded: count) &<< 56))
  }
}
