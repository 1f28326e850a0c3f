/// The rough form of a line, by which the chain tells its steps apart.
///
/// A list of other stories goes title, excerpt, date, title …; an article goes paragraph, paragraph, heading, paragraph.
/// Both have the same words, but not the same rhythm.
package enum LineForm {
  /// How many forms there are.
  package static let count = 6

  /// The form of a line: one or two words, up to six, up to fourteen without and with a stop, up to twenty-four, more.
  ///
  /// `chaff_read_forms` finds the same of sixteen lines at once.
  package static func of(_ look: LineLook) -> Int {
    switch look.wordCount {
    case ...2: 0
    case ...6: 1
    case ...14: look.endsSentence ? 3 : 2
    case ...24: 4
    default: 5
    }
  }
}
