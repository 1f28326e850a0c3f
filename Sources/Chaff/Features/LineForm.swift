/// The rough form of a line, by which the chain tells its steps apart.
///
/// A list of other stories goes title, excerpt, date, title …; an article goes paragraph, paragraph, heading, paragraph.
/// Both have the same words, but not the same rhythm.
package enum LineForm {
  /// How many forms there are.
  package static let count = 6

  /// The form of a line: one or two words, up to six, up to fourteen without and with a stop, up to twenty-four, more.
  @inline(__always)
  package static func of(_ look: LineLook) -> Int {
    let words = look.wordCount
    if words <= 2 { return 0 }
    if words <= 6 { return 1 }
    if words <= 14 { return look.endsSentence ? 3 : 2 }
    return words < 25 ? 4 : 5
  }
}
