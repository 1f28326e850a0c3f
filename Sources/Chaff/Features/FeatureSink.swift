/// What the scanner tells of a line's hashed features, as it meets them.
///
/// A protocol with inlined, specialised witnesses, so that the scorer's loop, the trainer's counting and the
/// explanation read one scanner.
package protocol FeatureSink {
  /// A byte of the word that is being read, folded; a number has none.
  mutating func folded(_ byte: UInt8)
  /// A word, by hash.
  mutating func word(_ hash: UInt64)
  /// A pair of neighbouring words, by hash.
  mutating func bigram(_ hash: UInt64)
}

extension FeatureSink {
  /// Only sinks that name features listen.
  @inline(__always)
  package mutating func folded(_ byte: UInt8) {}
}
