import CLanes

/// What is known of lines that are worked on at once, a column for each of it: see `chaff_columns`.
///
/// Its memory must be deallocated.
struct LineColumns {
  let columns: chaff_columns

  /// Sixteen lines are read at once, whether there are as many or not.
  private static let slack = 16

  /// - Parameter lines: how many lines there is room for.
  init(lines: Int) {
    let count = lines + Self.slack
    columns = chaff_columns(
      starts: .allocate(capacity: count), first_words: .allocate(capacity: count), words: .allocate(capacity: count),
      traits: .allocate(capacity: count))
    columns.words.initialize(repeating: 0, count: count)
    columns.traits.initialize(repeating: 0, count: count)
  }

  func deallocate() {
    columns.starts.deallocate()
    columns.first_words.deallocate()
    columns.words.deallocate()
    columns.traits.deallocate()
  }

  /// Where a line lies in the text, without its line feed.
  @inline(__always)
  func bytes(_ line: Int) -> Range<Int> {
    Int(columns.starts[line])..<Int(columns.starts[line &+ 1]) &- 1
  }

  /// The number of a line's first word.
  @inline(__always)
  func firstWord(_ line: Int) -> Int { Int(columns.first_words[line]) }

  @inline(__always)
  func wordCount(_ line: Int) -> Int { Int(columns.words[line]) }

  @inline(__always)
  func isBlank(_ line: Int) -> Bool { has(CHAFF_IS_BLANK, line) }

  @inline(__always)
  private func has(_ trait: Int, _ line: Int) -> Bool { columns.traits[line] & UInt8(trait) != 0 }

  /// Takes over what was found of a line byte by byte.
  func put(_ look: LineLook, firstWord: Int, _ line: Int) {
    columns.first_words[line] = UInt32(truncatingIfNeeded: firstWord)
    columns.words[line] = UInt32(truncatingIfNeeded: look.wordCount)
    columns.traits[line] = UInt8((look.endsSentence ? CHAFF_ENDS_SENTENCE : 0) | (look.isBlank ? CHAFF_IS_BLANK : 0))
  }

  /// What is known of a line beside its features.
  func look(_ line: Int) -> LineLook {
    var look = LineLook()
    look.wordCount = wordCount(line)
    look.endsSentence = has(CHAFF_ENDS_SENTENCE, line)
    look.isBlank = isBlank(line)
    return look
  }
}
