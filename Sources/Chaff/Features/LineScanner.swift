/// Reads the bytes of one line once: words and word bigrams go to a sink, the rest makes a ``LineLook``.
///
/// - Complexity: O(bytes), constant memory, for a line of any length and any bytes.
package struct LineScanner<Sink: FeatureSink> {
  var sink: Sink
  var look = LineLook()
  private var hasher = WordHasher()
  private var wordClass = ByteClass.space
  private var digits: UInt32 = 0
  private var previousHash = FeatureHash.lineMark

  private init(sink: Sink) { self.sink = sink }

  /// Scans a line and returns its look.
  /// - Parameters:
  ///   - bytes: the line without its line end.
  ///   - sink: receives the hashes of features, in order, with repetitions.
  @inline(__always)
  package static func scan(_ bytes: UnsafeBufferPointer<UInt8>, into sink: inout Sink) -> LineLook {
    guard let base = bytes.baseAddress else { return LineLook() }
    var scanner = LineScanner(sink: sink)
    scanner.run(base, bytes.count)
    sink = scanner.sink
    return scanner.look
  }

  @inline(__always)
  private mutating func run(_ bytes: UnsafePointer<UInt8>, _ end: Int) {
    var index = 0
    while index < end {
      let byte = bytes[index]
      let kind = ByteClass.of(byte)
      switch kind {
      case ByteClass.lower:
        letter(byte, kind)
        index &+= 1
      case ByteClass.space:
        boundary()
        index &+= 1
      case ByteClass.upper:
        if wordClass == ByteClass.lower { boundary() }
        letter(byte | 0x20, kind)
        index &+= 1
      case ByteClass.digit:
        digit(byte)
        index &+= 1
      case ByteClass.wide:
        // Here, and not where scalars are read: of random bytes most that are not ASCII are none.
        guard UTF8Decoding.mayBegin(bytes, at: index, end: end) else {
          invalid()
          index &+= 1
          continue
        }
        index &+= wide(bytes, index, end)
      default:
        symbol(SymbolKind(punctuation: byte))
        index &+= 1
      }
    }
    boundary()
    endOfLine()
  }

  /// Adds a folded byte of a letter to the word, beginning one where none is open.
  @inline(__always)
  private mutating func letter(_ folded: UInt8, _ kind: UInt8) {
    if wordClass == ByteClass.digit { boundary() }
    if hasher.count == 0 { beginWord() }
    wordClass = kind
    hasher.add(folded)
    sink.folded(folded)
  }

  @inline(__always)
  private mutating func digit(_ byte: UInt8) {
    if wordClass != ByteClass.digit { boundary() }
    if hasher.count == 0 {
      beginWord()
      digits = 0
    }
    wordClass = ByteClass.digit
    hasher.count &+= 1
    digits = digits << 8 | UInt32(byte)
  }

  @inline(__always)
  private mutating func beginWord() {
    look.endsSentence = false
    look.isBlank = false
  }

  @inline(__always)
  private mutating func symbol(_ kind: SymbolKind) {
    boundary()
    look.isBlank = false
    if kind == .stop { look.endsSentence = true }
  }

  /// Ends the open word, if any.
  @inline(__always)
  private mutating func boundary() {
    guard hasher.count != 0 else { return }
    end(wordClass == ByteClass.digit ? numberHash() : hasher.value)
  }

  @inline(__always)
  private mutating func end(_ hash: UInt64) {
    look.wordCount &+= 1
    sink.word(hash)
    if look.wordCount <= LineReader.longestPairedLine { sink.bigram(FeatureHash.bigram(previousHash, hash)) }
    previousHash = hash
    hasher = WordHasher()
    wordClass = ByteClass.space
  }

  /// The hash of a number: its length, or "year".
  @inline(__always)
  private mutating func numberHash() -> UInt64 {
    let century = digits >> 16
    let isYear = hasher.count == 4 && (century == 0x3139 || century == 0x3230)
    return isYear ? FeatureHash.year : FeatureHash.number(digits: hasher.count)
  }

  @inline(__always)
  private mutating func endOfLine() {
    guard look.wordCount > 0 else { return }
    if look.wordCount <= LineReader.longestPairedLine {
      sink.bigram(FeatureHash.bigram(previousHash, FeatureHash.lineMark))
    } else {
      sink.dropBigrams()
    }
  }
}

extension LineScanner {
  /// Handles a byte of no scalar.
  @inline(__always)
  private mutating func invalid() { symbol(.mark) }

  /// Handles a scalar beyond ASCII; returns its length in bytes.
  ///
  /// Not inlined: it keeps the loop over ASCII small.
  @inline(never)
  private mutating func wide(_ bytes: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int {
    let (scalar, length) = UTF8Decoding.scalar(bytes, at: index, end: end)
    guard let scalar else {
      invalid()
      return length
    }
    look.isBlank = false
    switch Normalization.classify(scalar) {
    case .ignorable:
      break
    case .symbol:
      symbol(SymbolKind(symbol: scalar))
    case .ideograph:
      boundary()
      beginWord()
      for offset in 0..<length {
        hasher.add(bytes[index + offset])
        sink.folded(bytes[index + offset])
      }
      self.end(hasher.value)
    case .letter where Normalization.isCombining(scalar) && hasher.count != 0 && wordClass != ByteClass.digit:
      for offset in 0..<length { letter(bytes[index + offset], wordClass) }
    case .letter(let folded):
      wideLetter(folded, isUpper: Normalization.isCapital(scalar, folded: folded))
    }
    return length
  }

  private mutating func wideLetter(_ folded: UInt32, isUpper: Bool) {
    if isUpper && wordClass == ByteClass.lower { boundary() }
    let kind = isUpper ? ByteClass.upper : ByteClass.lower
    if folded < 0x80 {
      letter(UInt8(folded), kind)
    } else if folded < 0x800 {
      letter(UInt8(0xc0 | folded >> 6), kind)
      letter(UInt8(0x80 | folded & 0x3f), kind)
    } else if folded < 0x10000 {
      letter(UInt8(0xe0 | folded >> 12), kind)
      letter(UInt8(0x80 | folded >> 6 & 0x3f), kind)
      letter(UInt8(0x80 | folded & 0x3f), kind)
    } else {
      letter(UInt8(0xf0 | folded >> 18), kind)
      letter(UInt8(0x80 | folded >> 12 & 0x3f), kind)
      letter(UInt8(0x80 | folded >> 6 & 0x3f), kind)
      letter(UInt8(0x80 | folded & 0x3f), kind)
    }
  }
}
