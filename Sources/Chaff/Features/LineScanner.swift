/// Reads the bytes of one line once: words and word bigrams go to a sink, the rest is gathered as a ``LineLook``.
///
/// - Complexity: O(bytes), constant memory, for a line of any length and any bytes.
package struct LineScanner<Sink: FeatureSink> {
  var sink: Sink
  var look = LineLook()
  private var hasher = WordHasher()
  private var wordClass = ByteClass.space
  private var wordIsCapitalised = false
  private var wordHasLower = false
  private var wordLetters = 0
  private var digits: UInt32 = 0
  private var previousHash = FeatureHash.lineMark

  private init(sink: Sink, byteCount: Int) {
    self.sink = sink
    look.byteCount = byteCount
  }

  /// Scans a line and returns its look.
  /// - Parameters:
  ///   - bytes: the line without its line end.
  ///   - sink: receives the hashed features, in order, with repetitions.
  @inline(__always)
  package static func scan(_ bytes: UnsafeBufferPointer<UInt8>, into sink: inout Sink) -> LineLook {
    guard let base = bytes.baseAddress else { return LineLook() }
    var scanner = LineScanner(sink: sink, byteCount: bytes.count)
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
        letter(byte, kind, at: index)
        wordHasLower = true
        wordLetters &+= 1
        index &+= 1
      case ByteClass.space:
        boundary()
        index &+= 1
      case ByteClass.upper:
        if wordClass == ByteClass.lower {
          look.joins &+= 1
          boundary()
        }
        letter(byte | 0x20, kind, at: index)
        wordLetters &+= 1
        index &+= 1
      case ByteClass.digit:
        digit(byte, at: index)
        index &+= 1
      case ByteClass.wide:
        // Here, and not where scalars are read: of random bytes most that are not ASCII are none.
        guard UTF8Decoding.mayBegin(bytes, at: index, end: end) else {
          invalid(at: index)
          index &+= 1
          continue
        }
        index &+= wide(bytes, index, end)
      default:
        boundary()
        look.punctuation(byte, at: index)
        index &+= 1
      }
    }
    boundary()
    endOfLine()
  }

  /// Adds a folded byte of a letter to the word, beginning one where none is open.
  @inline(__always)
  private mutating func letter(_ folded: UInt8, _ kind: UInt8, at index: Int) {
    if hasher.count == 0 {
      wordIsCapitalised = kind == ByteClass.upper
      look.visible(kind, at: index)
    } else if wordClass == ByteClass.digit {
      boundary()
      wordIsCapitalised = kind == ByteClass.upper
      look.visible(kind, at: index)
    }
    wordClass = kind
    hasher.add(folded)
    sink.folded(folded)
    look.last = kind
  }

  @inline(__always)
  private mutating func digit(_ byte: UInt8, at index: Int) {
    if wordClass != ByteClass.digit && hasher.count != 0 { boundary() }
    if hasher.count == 0 {
      look.visible(ByteClass.digit, at: index)
      digits = 0
    }
    wordClass = ByteClass.digit
    hasher.count &+= 1
    digits = digits << 8 | UInt32(byte)
    look.digitCount &+= 1
    look.last = ByteClass.digit
  }

  /// Ends the open word, if any.
  @inline(__always)
  private mutating func boundary() {
    guard hasher.count != 0 else { return }
    let hash: UInt64
    if wordClass == ByteClass.digit {
      hash = numberHash()
    } else {
      hash = hasher.value
      look.letterWords &+= 1
      if wordIsCapitalised {
        look.capitalisedWords &+= 1
        if !wordHasLower && wordLetters > 1 { look.shoutedWords &+= 1 }
      }
    }
    look.wordBytes &+= hasher.count
    end(hash)
  }

  @inline(__always)
  private mutating func end(_ hash: UInt64) {
    look.wordCount &+= 1
    sink.word(hash)
    if look.wordCount <= LineReader.longestPairedLine { sink.bigram(FeatureHash.bigram(previousHash, hash)) }
    previousHash = hash
    hasher = WordHasher()
    wordClass = ByteClass.space
    wordHasLower = false
    wordLetters = 0
  }

  /// The hash of a number: its length, or "year".
  @inline(__always)
  private mutating func numberHash() -> UInt64 {
    let century = digits >> 16
    if hasher.count == 4 && (century == 0x3139 || century == 0x3230) {
      look.years &+= 1
      return FeatureHash.year
    }
    return FeatureHash.number(digits: hasher.count)
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
  private mutating func invalid(at index: Int) {
    look.isWide = true
    boundary()
    look.mark(.other, at: index)
  }

  /// Handles a scalar beyond ASCII; returns its length in bytes.
  ///
  /// Not inlined: it keeps the loop over ASCII small.
  @inline(never)
  private mutating func wide(_ bytes: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int {
    let (scalar, length) = UTF8Decoding.scalar(bytes, at: index, end: end)
    guard let scalar else {
      invalid(at: index)
      return length
    }
    look.isWide = true
    switch Normalization.classify(scalar) {
    case .ignorable:
      break
    case .symbol:
      boundary()
      look.symbol(scalar, at: index, length: length)
    case .ideograph:
      boundary()
      look.visible(ByteClass.wide, at: index)
      look.last = ByteClass.wide
      look.ideographs &+= 1
      for offset in 0..<length {
        hasher.add(bytes[index + offset])
        sink.folded(bytes[index + offset])
      }
      look.wordBytes &+= length
      self.end(hasher.value)
    case .letter where Normalization.isCombining(scalar) && hasher.count != 0 && wordClass != ByteClass.digit:
      for offset in 0..<length { letter(bytes[index + offset], wordClass, at: index) }
    case .letter(let folded):
      // Final sigma folds to sigma and is no capital.
      wideLetter(folded, isUpper: folded != scalar && scalar != 0x3c2, at: index)
    }
    return length
  }

  private mutating func wideLetter(_ folded: UInt32, isUpper: Bool, at index: Int) {
    if isUpper && wordClass == ByteClass.lower {
      look.joins &+= 1
      boundary()
    }
    let kind = isUpper ? ByteClass.upper : ByteClass.lower
    if folded < 0x80 {
      letter(UInt8(folded), kind, at: index)
    } else if folded < 0x800 {
      letter(UInt8(0xc0 | folded >> 6), kind, at: index)
      letter(UInt8(0x80 | folded & 0x3f), kind, at: index)
    } else if folded < 0x10000 {
      letter(UInt8(0xe0 | folded >> 12), kind, at: index)
      letter(UInt8(0x80 | folded >> 6 & 0x3f), kind, at: index)
      letter(UInt8(0x80 | folded & 0x3f), kind, at: index)
    } else {
      letter(UInt8(0xf0 | folded >> 18), kind, at: index)
      letter(UInt8(0x80 | folded >> 12 & 0x3f), kind, at: index)
      letter(UInt8(0x80 | folded >> 6 & 0x3f), kind, at: index)
      letter(UInt8(0x80 | folded & 0x3f), kind, at: index)
    }
    if !isUpper { wordHasLower = true }
    wordLetters &+= 1
  }
}
