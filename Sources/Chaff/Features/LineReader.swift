/// Reads a line for all its features: words and bigrams as they are met, then the pattern of a short line.
///
/// The one way in for scoring, counting and explaining, so that all three see the same features.
package struct LineReader {
  /// Lines of more words have no bigrams.
  ///
  /// Prose has enough words to be told by; its bigrams outnumber all others in the counts, and leaving them out makes
  /// those of short lines speak more clearly (on held-out pages too), besides sparing look-ups.
  package static let longestPairedLine = 40

  private var pattern = LinePattern(isNaming: true)

  package init() {}

  /// Tells the features of a line to a sink and returns its look.
  /// - Parameter line: without its line end.
  /// - Complexity: O(bytes).
  @inline(__always)
  package mutating func read(_ line: UnsafeBufferPointer<UInt8>, into sink: inout some FeatureSink) -> LineLook {
    let look = LineScanner.scan(line, into: &sink)
    if look.wordCount <= LinePattern.longestLine && !look.isBlank {
      pattern.read(line)
      pattern.forEach { index, hash in sink.pattern(hash) { pattern.name(index) } }
    }
    sink.endLine()
    return look
  }
}
