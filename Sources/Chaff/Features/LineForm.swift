/// The rough form of a line, by which the chain tells its steps apart.
///
/// A list of other stories goes title, excerpt, date, title …; an article goes paragraph, paragraph, heading, paragraph.
/// Both have the same words, but not the same rhythm.
package enum LineForm {
  /// How many forms there are.
  package static let count = 6

  /// The form of a line: one or two words, up to six, up to fourteen without and with a stop, up to twenty-four, more.
  @inline(__always)
  package static func of(_ look: LineLook) -> Int { of(words: look.wordCount, endsSentence: look.endsSentence) }

  /// The same without a branch, which would be guessed wrongly.
  @inline(__always)
  static func of(words: Int, endsSentence: Bool) -> Int {
    @inline(__always) func number(_ condition: Bool) -> Int { condition ? 1 : 0 }
    let isMiddling = number(words > 6) & number(words <= 14)
    return number(words > 2) &+ number(words > 6) &+ (isMiddling & number(endsSentence)) &+ 2 &* number(words > 14)
      &+ number(words > 24)
  }
}
