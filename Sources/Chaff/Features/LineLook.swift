/// What a line looks like, counted in one pass over its bytes: the raw material of the shape features.
package struct LineLook: Sendable, Equatable {
  package var byteCount = 0
  package var wordCount = 0
  package var letterWords = 0
  package var capitalisedWords = 0
  package var shoutedWords = 0
  package var wordBytes = 0
  package var digitCount = 0
  package var years = 0
  package var joins = 0
  package var ideographs = 0
  /// Signs of an address: "@", and two slashes in a row.
  package var addresses = 0
  package var sentences = 0
  /// How often each ``Mark`` stands in the line.
  package var marks = SIMD16<UInt8>(repeating: 0)
  /// The first and the last thing seen: a byte class for words, 16 + ``Mark`` for punctuation, 255 for nothing.
  package var first: UInt8 = 255
  package var last: UInt8 = 255
  /// Where the last colon with a digit before it stood; a digit after it makes a time of day.
  package var times = 0
  private var sentenceEnd = -2
  private var colon = -2
  private var slash = -2

  package init() {}

  /// Whether the line has bytes beyond ASCII, seen or not.
  package var isWide = false

  /// Whether the line is a blank row: nothing but ASCII white space.
  package var isBlank: Bool { first == 255 && !isWide }

  /// The punctuation that shape features tell apart.
  package enum Mark: UInt8, CaseIterable, Sendable {
    case stop, question, exclamation, comma, colon, quote, apostrophe, bracket, bar, arrow, bullet, dash, slash
    case currency, copyright, other

    /// The name in explanations.
    package var name: String { "\(self)" }
  }

  @inline(__always)
  mutating func visible(_ kind: UInt8, at index: Int) {
    if first == 255 { first = kind }
    if kind == ByteClass.digit && colon == index - 1 { times &+= 1 }
    // A stop, then a gap, then a word: a sentence ended there.
    if sentenceEnd >= 0 && sentenceEnd < index - 1 {
      sentences &+= 1
    }
    sentenceEnd = -2
  }

  @inline(__always)
  mutating func mark(_ mark: Mark, at index: Int, length: Int = 1) {
    if first == 255 { first = 16 + mark.rawValue }
    let lane = Int(mark.rawValue)
    marks[lane] = marks[lane] == 255 ? 255 : marks[lane] &+ 1
    if mark.rawValue <= Mark.exclamation.rawValue {
      sentenceEnd = index &+ length &- 1
    } else if mark == .colon && last == ByteClass.digit {
      colon = index
    }
    last = 16 + mark.rawValue
  }

  /// Counts an ASCII punctuation byte; control codes count as other marks, so that a line of them is no blank row.
  @inline(__always)
  mutating func punctuation(_ byte: UInt8, at index: Int) {
    switch byte {
    case 0x2e: mark(.stop, at: index)
    case 0x2c, 0x3b: mark(.comma, at: index)
    case 0x27, 0x60: mark(.apostrophe, at: index)
    case 0x22: mark(.quote, at: index)
    case 0x2d: mark(.dash, at: index)
    case 0x3a: mark(.colon, at: index)
    case 0x3f: mark(.question, at: index)
    case 0x21: mark(.exclamation, at: index)
    case 0x28, 0x29, 0x5b, 0x5d, 0x7b, 0x7d: mark(.bracket, at: index)
    case 0x7c: mark(.bar, at: index)
    case 0x2f:
      if slash == index - 1 { addresses &+= 1 }
      slash = index
      mark(.slash, at: index)
    case 0x5c: mark(.slash, at: index)
    case 0x40:
      addresses &+= 1
      mark(.other, at: index)
    case 0x3c, 0x3e: mark(.arrow, at: index)
    case 0x24: mark(.currency, at: index)
    case 0x2a: mark(.bullet, at: index)
    default: mark(.other, at: index)
    }
  }

  /// Counts a symbol beyond ASCII.
  mutating func symbol(_ scalar: UInt32, at index: Int, length: Int) {
    switch scalar {
    // Spaces of all widths are invisible.
    case 0x80...0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfe00...0xfe0f, 0xfeff: break
    case 0x3002, 0xff0e, 0x0964, 0x06d4: mark(.stop, at: index, length: length)
    case 0xbf, 0xff1f, 0x061f, 0x037e: mark(.question, at: index, length: length)
    case 0xa1, 0xff01: mark(.exclamation, at: index, length: length)
    case 0x3001, 0xff0c, 0x060c, 0x061b, 0xff1b: mark(.comma, at: index, length: length)
    case 0xff1a: mark(.colon, at: index, length: length)
    case 0x201c...0x201f, 0xab, 0x300c...0x300f: mark(.quote, at: index, length: length)
    case 0x2018...0x201b, 0xb4: mark(.apostrophe, at: index, length: length)
    case 0xbb, 0x203a, 0x2190...0x21ff, 0x25b6, 0x25b8, 0x25ba, 0x276f, 0x27a1: mark(.arrow, at: index, length: length)
    case 0xb7, 0x2022, 0x2023, 0x25aa...0x25ae, 0x25cf, 0x30fb: mark(.bullet, at: index, length: length)
    case 0x2010...0x2015, 0x2212: mark(.dash, at: index, length: length)
    case 0xa2...0xa5, 0xe3f, 0x20a0...0x20cf: mark(.currency, at: index, length: length)
    case 0xa9, 0xae, 0x2117: mark(.copyright, at: index, length: length)
    case 0x2026: mark(.stop, at: index, length: length)
    default: mark(.other, at: index, length: length)
    }
  }

  /// The number of one kind of mark, 255 at most.
  package func count(_ mark: Mark) -> Int { Int(marks[Int(mark.rawValue)]) }

  /// Whether the line ends as a sentence does, quotes and brackets aside.
  package var endsSentence: Bool { sentenceEnd >= 0 }
}
