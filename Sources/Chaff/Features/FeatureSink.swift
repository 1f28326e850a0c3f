/// What the scanner tells of a line's features, as it meets them.
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
  /// The line has too many words for bigrams: those that were told do not count.
  mutating func dropBigrams()
  /// Three neighbouring tokens of a short line's pattern, by hash, and what gives their name.
  mutating func pattern(_ hash: UInt64, name: () -> [UInt8])
  /// The line's features have all been told.
  mutating func endLine()
}

extension FeatureSink {
  /// Only sinks that put something off listen.
  @inline(__always)
  package mutating func endLine() {}

  /// Only sinks that name features listen.
  @inline(__always)
  package mutating func folded(_ byte: UInt8) {}
}
