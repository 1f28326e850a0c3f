import CLanes

/// A family of features whose log-likelihoods are summed together and share weights in the log-opinion pool.
package enum FeatureBlock: Int, CaseIterable, Sendable {
  /// Words, once a line.
  case words
  /// Pairs of neighbouring words, with a mark at either end of the line, once a line.
  case bigrams
  /// Triples of neighbouring tokens of a short line, long words by what they look like: ``LinePattern``, once a line.
  case patterns

  /// The name in reports and in `--without`.
  package var name: String {
    switch self {
    case .words: "words"
    case .bigrams: "bigrams"
    case .patterns: "patterns"
    }
  }

  /// How many blocks there are.
  package static var count: Int { CHAFF_BLOCKS }
}
