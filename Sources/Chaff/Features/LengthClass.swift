/// Classes of lines by their number of words; the pool has weights for each.
///
/// Long lines carry the same evidence many times over and want smaller weights than a menu item of one word.
package enum LengthClass {
  /// The ranges of the number of words.
  static let words = Buckets([1, 2, 4, 8, 16, 40])

  /// How many classes there are.
  package static let count = 7

  /// The class of a line.
  @inline(__always)
  package static func of(_ look: LineLook) -> Int { words.index(of: look.wordCount) }

  package static func name(_ index: Int) -> String { words.name(index) }
}
