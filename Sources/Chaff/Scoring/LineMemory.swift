import CLanes

/// What short lines were found to say, by their bytes, so that a line which comes again is not worked out again.
///
/// Menus, share buttons and dates come again and again: of lines on real pages one in five is among the short ones that
/// are remembered, and on a text of nothing but such lines almost all are. A line has one place, where the next line of
/// that place takes over, so memory is bounded; and what is remembered is what would be found, to the bit, so it does not
/// matter what is.
///
/// Not `Sendable`: it owns its memory. Make one a thread.
final class LineMemory {
  /// Longer lines are not remembered. With its line feed such a line has sixteen bytes.
  static let longestLine = 15
  /// How many lines are remembered at most, a power of two. On pages that do not come again, twice as many would be known of
  /// one line in a hundred more.
  static let placeCount = 2048
  /// Behind the places, there is room for so many lines that are new.
  static let newCount = 512
  /// In place of a form: the line is blank.
  static let blank = UInt8.max

  private let groups: Int
  /// The line at each place, with its line feed: two numbers; 0 for none.
  let keys: UnsafeMutablePointer<UInt64>
  /// Of the line at each place, and of new lines.
  let forms: UnsafeMutablePointer<UInt8>
  /// The same: `places × groups`.
  let likelihoods: UnsafeMutablePointer<SIMD16<Float>>

  /// - Parameter groups: vectors of likelihoods a line.
  init(groups: Int) {
    self.groups = groups
    keys = .zeros(2 * Self.placeCount)
    forms = .allocate(capacity: Self.placeCount + Self.newCount)
    likelihoods = .allocate(capacity: (Self.placeCount + Self.newCount) * groups)
  }

  deinit {
    chaff_free(keys)
    forms.deallocate()
    likelihoods.deallocate()
  }

  /// The place of a new line.
  @inline(__always)
  static func place(ofNew index: Int) -> Int { placeCount &+ index }

  /// Remembers new lines.
  func remember(_ lines: UnsafeBufferPointer<chaff_short_row>) {
    chaff_remember_rows(
      lines.baseAddress, lines.count, Self.place(ofNew: 0), groups, keys, forms, likelihoods.lanes)
  }
}
