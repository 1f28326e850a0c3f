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

  /// A line of nothing that ends as a sentence does, or does not: what else is known of it is filled in.
  init(endsSentence: Bool) { sentenceEnd = endsSentence ? 0 : -2 }

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
    // By its byte: of a vector that is changed by its lane, all lanes are written and read again.
    withUnsafeMutableBytes(of: &marks) { marks in
      let count = marks[Int(mark.rawValue)]
      marks[Int(mark.rawValue)] = count &+ (count == 255 ? 0 : 1)
    }
    if mark.isStop {
      sentenceEnd = index &+ length &- 1
    } else if mark == .colon && last == ByteClass.digit {
      colon = index
    }
    last = 16 + mark.rawValue
  }

  /// Counts an ASCII punctuation byte; control codes count as other marks, so that a line of them is no blank row.
  @inline(__always)
  mutating func punctuation(_ byte: UInt8, at index: Int) {
    if byte == 0x2f {
      if slash == index - 1 { addresses &+= 1 }
      slash = index
    } else if byte == 0x40 {
      addresses &+= 1
    }
    mark(Mark(punctuation: byte), at: index)
  }

  /// Counts a symbol beyond ASCII; spaces of all widths are invisible.
  mutating func symbol(_ scalar: UInt32, at index: Int, length: Int) {
    if let kind = Mark(symbol: scalar) { mark(kind, at: index, length: length) }
  }

  /// The number of one kind of mark, 255 at most.
  package func count(_ mark: Mark) -> Int { Int(marks[Int(mark.rawValue)]) }

  /// Whether the line ends as a sentence does, quotes and brackets aside.
  package var endsSentence: Bool { sentenceEnd >= 0 }
}

extension LineLook.Mark {
  /// What an ASCII punctuation byte or control code is.
  @inline(__always)
  init(punctuation byte: UInt8) {
    switch byte {
    case 0x2e: self = .stop
    case 0x2c, 0x3b: self = .comma
    case 0x27, 0x60: self = .apostrophe
    case 0x22: self = .quote
    case 0x2d: self = .dash
    case 0x3a: self = .colon
    case 0x3f: self = .question
    case 0x21: self = .exclamation
    case 0x28, 0x29, 0x5b, 0x5d, 0x7b, 0x7d: self = .bracket
    case 0x7c: self = .bar
    case 0x2f, 0x5c: self = .slash
    case 0x3c, 0x3e: self = .arrow
    case 0x24: self = .currency
    case 0x2a: self = .bullet
    default: self = .other
    }
  }

  /// What a symbol beyond ASCII is; nil for a space, of any width.
  ///
  /// The blocks that most symbols are of come first, each by itself: comparing with all took a tenth of the time of a text
  /// of random bytes.
  init?(symbol scalar: UInt32) {
    let mark =
      scalar < 0x100 ? Self.latin(scalar) : scalar &- 0x2000 < 0x70 ? Self.punctuation(scalar) : Self.rare(scalar)
    guard let mark else { return nil }
    self = mark
  }

  /// U+0080 to U+00FF.
  private static func latin(_ scalar: UInt32) -> Self? {
    switch scalar {
    case 0x80...0xa0: nil
    case 0xa1: .exclamation
    case 0xa2...0xa5: .currency
    case 0xa9, 0xae: .copyright
    case 0xab: .quote
    case 0xb4: .apostrophe
    case 0xb7: .bullet
    case 0xbb: .arrow
    case 0xbf: .question
    default: .other
    }
  }

  /// U+2000 to U+206F.
  private static func punctuation(_ scalar: UInt32) -> Self? {
    switch scalar {
    case 0x2010...0x2015: .dash
    case 0x2018...0x201b: .apostrophe
    case 0x201c...0x201f: .quote
    case 0x2022, 0x2023: .bullet
    case 0x2026: .stop
    case 0x203a: .arrow
    case 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f: nil
    default: .other
    }
  }

  /// All others.
  private static func rare(_ scalar: UInt32) -> Self? {
    switch scalar {
    case 0x1680, 0x3000, 0xfe00...0xfe0f, 0xfeff: nil
    case 0x3002, 0xff0e, 0x0964, 0x06d4: .stop
    case 0xff1f, 0x061f, 0x037e: .question
    case 0xff01: .exclamation
    case 0x3001, 0xff0c, 0x060c, 0x061b, 0xff1b: .comma
    case 0xff1a: .colon
    case 0x300c...0x300f: .quote
    case 0x2190...0x21ff, 0x25b6, 0x25b8, 0x25ba, 0x276f, 0x27a1: .arrow
    case 0x25aa...0x25ae, 0x25cf, 0x30fb: .bullet
    case 0x2212: .dash
    case 0xe3f, 0x20a0...0x20cf: .currency
    case 0x2117: .copyright
    default: .other
    }
  }

  /// Whether it may end a sentence.
  @inline(__always)
  var isStop: Bool { rawValue <= LineLook.Mark.exclamation.rawValue }
}
