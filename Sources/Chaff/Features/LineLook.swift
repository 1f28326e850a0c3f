/// What is known of a line beside its features.
package struct LineLook: Sendable, Equatable {
  package var wordCount = 0
  /// Whether the line ends as a sentence does: behind its last word there is a stop, and perhaps other marks.
  package var endsSentence = false
  /// Whether the line is a blank row: nothing but ASCII white space.
  package var isBlank = true

  package init() {}
}
