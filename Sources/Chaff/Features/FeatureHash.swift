/// Hashes that name the hashed features: words and word bigrams.
///
/// The hash is fixed by the model format (version 1). It is not keyed: a crafted page can only make itself be judged
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

  /// The word bigram of two word hashes; order matters.
  @inline(__always)
  package static func bigram(_ first: UInt64, _ second: UInt64) -> UInt64 {
    mix((first &* 3) &+ ((second << 23) | (second >> 41)) &+ 0x2545_f491_4f6c_dd1d)
  }
}

/// A word's hash, built byte by byte as the scanner folds it.
///
/// Eight bytes are packed into a register before they are multiplied in: one multiplication for most words.
package struct WordHasher: Sendable {
  var state: UInt64 = 0
  var packed: UInt64 = 0
  package var count = 0

  @inline(__always)
  package init() {}

  @inline(__always)
  package mutating func add(_ byte: UInt8) {
    packed = packed << 8 | UInt64(byte)
    count &+= 1
    if count & 7 == 0 {
      state = FeatureHash.mix(state ^ packed)
      packed = 0
    }
  }

  /// The hash of the bytes added so far.
  @inline(__always)
  package var value: UInt64 {
    FeatureHash.mix(state ^ packed ^ (UInt64(truncatingIfNeeded: count) << 56))
  }

  package static func hash(of text: some Sequence<UInt8>) -> UInt64 {
    var hasher = WordHasher()
    for byte in text { hasher.add(byte) }
    return hasher.value
  }
}
