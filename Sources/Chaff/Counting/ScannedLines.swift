import CLanes

/// Reads lines for training, some at once: the hashes of their features, and their looks.
///
/// It finds what ``RecordedLine`` finds line by line, by the passes over many lines that scoring takes, in a fourth of the
/// time. Names it does not know.
///
/// Not `Sendable`: it owns scratch memory. Make one a thread.
package final class ScannedLines {
  /// How many bytes beyond the lines must be readable, whatever they are.
  package static let padding = ChunkScanner.padding
  /// A longer line is not worth the memory that it would take to read it at once.
  package static let longestLine = 1 << 16

  private let scanner = ChunkScanner()
  private let triples = ChunkPatterns()
  private var capacity = 0
  /// The bigram of each word of ``scanner`` with the one behind it.
  private var pairs: UnsafeMutablePointer<UInt64> = .allocate(capacity: 1)

  package init() {}

  deinit { pairs.deallocate() }

  /// Reads lines.
  /// - Parameters:
  ///   - text: the lines, none of more than ``longestLine`` bytes and none that ends with a carriage return, each followed
  ///     by a line feed; ``padding`` more bytes are read.
  ///   - feeds: where the line feeds stand.
  /// - Complexity: O(bytes).
  package func read(_ text: UnsafePointer<UInt8>, feeds: UnsafeBufferPointer<UInt32>) {
    scanner.scan(text, feeds: feeds)
    guard scanner.lineCount > 0 else { return }
    triples.read(scanner, text)
    if scanner.wordEnd > capacity {
      capacity = 2 * scanner.wordEnd
      pairs.deallocate()
      pairs = .allocate(capacity: capacity + FeatureSums.slack)
    }
    // Those with the marks behind lines, and of long lines, are hashed in vain: to leave them out costs more.
    chaff_hash_bigrams(scanner.words, scanner.wordEnd - 1, pairs)
  }

  /// How many lines were read.
  package var count: Int { scanner.lineCount }

  /// Whether a line is a blank row.
  package func isBlank(_ line: Int) -> Bool { scanner.lines.isBlank(line) }

  /// What is known of a line beside its features.
  package func look(_ line: Int) -> LineLook { scanner.lines.look(line) }

  /// The hashes of a line's words, in order.
  package func words(_ line: Int) -> UnsafeBufferPointer<UInt64> {
    let (first, count) = words(of: line)
    return UnsafeBufferPointer(start: scanner.words + first, count: count)
  }

  /// The hashes of a line's bigrams, in order.
  package func bigrams(_ line: Int) -> UnsafeBufferPointer<UInt64> {
    let (first, count) = words(of: line)
    let hasPairs = count > 0 && count <= LineReader.longestPairedLine
    return UnsafeBufferPointer(start: pairs + (first - 1), count: hasPairs ? count + 1 : 0)
  }

  /// The hashes of the triples of a line's pattern, in order; it has none if it is long.
  package func patterns(_ line: Int) -> UnsafeBufferPointer<UInt64> { triples.triples(ofLine: line) }

  @inline(__always)
  private func words(of line: Int) -> (first: Int, count: Int) {
    (scanner.lines.firstWord(line), scanner.lines.wordCount(line))
  }
}
