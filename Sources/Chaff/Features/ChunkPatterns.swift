/// The patterns of the short lines that a ``ChunkScanner`` has scanned, hashed.
///
/// It finds what ``LinePattern`` finds, from what is known of the lines by then: where words begin and marks stand, as bit
/// masks; where capitals are; and the words' hashes, by which common words are looked up. Lines with letters beyond ASCII, with joined words ("HomeNews"), which are one word in a pattern, or
/// with more tokens than a pattern has, are left to ``LinePattern``: three short lines in a hundred.
///
/// Not `Sendable`: it owns scratch memory. Make one a thread.
final class ChunkPatterns {
  /// The hashes of triples of tokens, line by line.
  private(set) var triples: UnsafeMutablePointer<UInt64> = .allocate(capacity: 1)
  /// How many of `triples` are in use.
  private(set) var count = 0

  private var capacity = 0
  private let commonWords = CommonWords.english
  private var byBytes = LinePattern(isNaming: false)
  /// By ``PatternToken``.
  private let fixed: UnsafeMutablePointer<UInt64>
  /// For each ASCII byte the token that it is as a mark, and 0 for letters, 1 for digits, 2 for marks.
  private let marks: UnsafeMutablePointer<UInt64>
  private let kinds: UnsafeMutablePointer<UInt8>

  init() {
    fixed = .allocate(capacity: PatternToken.hashes.count)
    fixed.initialize(from: PatternToken.hashes, count: PatternToken.hashes.count)
    marks = .allocate(capacity: 128)
    kinds = .allocate(capacity: 128)
    for byte in UInt8(0)..<128 {
      (marks + Int(byte)).initialize(to: WordHasher.hash(of: [byte]))
      let kind = ByteClass.of(byte)
      (kinds + Int(byte)).initialize(
        to: kind == ByteClass.lower || kind == ByteClass.upper ? 0 : kind == ByteClass.digit ? 1 : 2)
    }
  }

  deinit {
    triples.deallocate()
    fixed.deallocate()
    marks.deallocate()
    kinds.deallocate()
  }

  /// Reads the patterns of all lines, and notes with each line where its own are.
  /// - Parameter text: what the scanner has scanned.
  /// - Complexity: O(bytes).
  func read(_ scanner: ChunkScanner, _ text: UnsafePointer<UInt8>) {
    reserve(scanner)
    // Out of `self`, whose properties would be read again for every token.
    let reader = TokenReader(
      text: text, words: scanner.words, starts: scanner.starts, ends: scanner.ends, fixed: fixed, marks: marks,
      kinds: kinds, year: FeatureHash.year, commonWords: commonWords)
    var next = triples
    for index in 0..<scanner.lineCount {
      let line = scanner.lines + index
      line.pointee.firstTriple = next - triples
      guard line.pointee.wordCount <= LinePattern.longestLine && !line.pointee.look.isBlank else { continue }
      let first = next
      if line.pointee.isRegular && line.pointee.look.joins == 0, let end = reader.read(line, scanner, to: first) {
        next = end
      } else {
        next = readByBytes(
          UnsafeBufferPointer(start: text + line.pointee.start, count: line.pointee.look.byteCount), to: first)
      }
      line.pointee.tripleCount = next - first
    }
    count = next - triples
  }

  /// Makes room: a byte begins one triple at most, and a line has one more.
  private func reserve(_ scanner: ChunkScanner) {
    let most = scanner.byteCount + 2 * scanner.lineCount + 1
    guard most > capacity else { return }
    triples.deallocate()
    capacity = 2 * most
    triples = .allocate(capacity: capacity)
  }

  @inline(never)
  private func readByBytes(
    _ line: UnsafeBufferPointer<UInt8>, to first: UnsafeMutablePointer<UInt64>
  ) -> UnsafeMutablePointer<UInt64> {
    byBytes.read(line)
    var next = first
    byBytes.forEach { _, hash in
      next.pointee = hash
      next += 1
    }
    return next
  }
}

/// Reads the tokens of regular lines without joined words.
private struct TokenReader {
  let text: UnsafePointer<UInt8>
  let words: UnsafePointer<UInt64>
  let starts: UnsafePointer<UInt32>
  let ends: UnsafePointer<UInt32>
  let fixed: UnsafePointer<UInt64>
  let marks: UnsafePointer<UInt64>
  let kinds: UnsafePointer<UInt8>
  let year: UInt64
  let commonWords: CommonWords

  /// Writes the triples of a line.
  /// - Returns: where they end; nil if the line has too many tokens, or too long ones.
  @inline(__always)
  func read(
    _ line: UnsafePointer<ChunkScanner.Line>, _ scanner: ChunkScanner, to first: UnsafeMutablePointer<UInt64>
  ) -> UnsafeMutablePointer<UInt64>? {
    var out = first
    // What would be written for the first token is no triple, and is written over.
    var step = 0
    var (before, last) = (UInt64(0), fixed[PatternToken.start.rawValue])
    var word = line.pointee.firstWord
    var position = line.pointee.start
    let end = position &+ line.pointee.look.byteCount
    while position < end {
      var rest = scanner.tokens(at: position)
      if end &- position < 64 { rest &= ~(~0 &<< UInt64(truncatingIfNeeded: end &- position)) }
      while rest != 0 {
        let place = position &+ rest.trailingZeroBitCount
        rest &= rest &- 1
        let token: UInt64
        if text[place] < 0x80 {
          // Behind a mark it is the next word, which has its turn.
          let length = Int(ends[word &- 1] &- starts[word &- 1])
          if length > 63 { return nil }
          let kind = kinds[Int(text[place])]
          token = self.token(text[place], kind, words[word], length, scanner.capitals(at: place))
          word &+= kind == 2 ? 0 : 1
        } else {
          token = wideMark(at: place, end: end)
        }
        out.pointee = FeatureHash.pattern(before, last, token)
        out += step
        step = 1
        (before, last) = (last, token)
      }
      if out - first >= LinePattern.tokenLimit - 1 { return nil }
      position &+= 64
    }
    out.pointee = FeatureHash.pattern(before, last, fixed[PatternToken.end.rawValue])
    return out + step
  }

  /// A token that begins with an ASCII byte, chosen without a branch.
  /// - Parameters:
  ///   - kind: what the byte is; if it is a mark, the rest does not matter.
  ///   - word: the word's hash.
  ///   - length: the word's, below 64.
  ///   - capitals: a bit for each capital from the byte on.
  @inline(__always)
  private func token(_ byte: UInt8, _ kind: UInt8, _ word: UInt64, _ length: Int, _ capitals: UInt64) -> UInt64 {
    let all = ~(~0 &<< UInt64(truncatingIfNeeded: length))
    let upper = capitals & all
    var look = upper == 1 ? PatternToken.capitalised.rawValue : PatternToken.mixed.rawValue
    look = upper == all ? PatternToken.capitals.rawValue : look
    look = upper == 0 ? PatternToken.small.rawValue : look
    let number = PatternToken.one.rawValue &- 1 &+ (length < 5 ? length : 5)
    let digits = word == year ? PatternToken.year.rawValue : number
    let other = fixed[kind == 1 ? digits : look]
    let common = capitals & 1 == 0 ? word : FeatureHash.capitalised(word)
    let mark = marks[Int(byte)]
    let token = commonWords.contains(word) ? common : other
    return kind == 2 ? mark : token
  }

  /// A mark beyond ASCII, or a byte of no scalar.
  @inline(never)
  private func wideMark(at index: Int, end: Int) -> UInt64 {
    let (scalar, length) = UTF8Decoding.scalar(text, at: index, end: end)
    if scalar == nil { return fixed[PatternToken.invalid.rawValue] }
    return WordHasher.hash(of: UnsafeBufferPointer(start: text + index, count: length))
  }
}
