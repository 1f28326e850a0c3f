import Chaff

/// What ``LineScanner`` should find, worked out slowly with Swift's own tables: Unicode properties, case mappings and
/// UTF-8 validation. It knows the scalars that the tests use, not all of Unicode.
package struct ReferenceTokenizer {
  /// A word, by its folded bytes; a number is its digits as number signs.
  package struct Word {
    var name: [UInt8]
    var kind: UInt8
    var scalars: [Unicode.Scalar]
    var start: Int
  }

  package private(set) var words: [Word] = []
  package private(set) var look = ReferenceLook()
  private var open: Word?
  /// The last byte of a mark that may end a sentence.
  private var stop: Int?
  private var colon: Int?

  package init(_ bytes: [UInt8]) {
    look.byteCount = bytes.count
    look.isWide = bytes.contains { $0 >= 0x80 }
    var index = 0
    while index < bytes.count {
      let (scalar, length) = Self.decode(bytes, at: index)
      read(scalar, at: index, length: length)
      index += length
    }
    close()
    look.endsSentence = stop != nil
  }

  /// The scalar that begins at an index, by Swift's own validation; nil and 1 if it is not valid.
  static func decode(_ bytes: [UInt8], at index: Int) -> (scalar: Unicode.Scalar?, length: Int) {
    for length in 1...4 where index + length <= bytes.count {
      guard let text = String(validating: bytes[index..<index + length], as: UTF8.self) else { continue }
      return (text.unicodeScalars.first, length)
    }
    return (nil, 1)
  }

  private mutating func read(_ scalar: Unicode.Scalar?, at index: Int, length: Int) {
    guard let scalar else { return symbol("\u{fffd}", at: index, length: length) }
    // Where it is no byte-order mark it once was a space without width; to us it is one.
    if scalar == "\u{feff}" { return close() }
    if scalar.properties.generalCategory == .format { return }
    if let word = open, word.kind != ByteClass.digit, scalar.properties.generalCategory == .nonspacingMark {
      open?.scalars.append(scalar)
    } else if ("0"..."9").contains(scalar) {
      extend(scalar, ByteClass.digit, at: index)
      look.digitCount += 1
    } else if Self.isIdeograph(scalar) {
      close()
      begin(scalar, ByteClass.wide, at: index)
      look.ideographs += 1
      close()
    } else if Self.isLetter(scalar) {
      extend(scalar, Self.isUpper(scalar) ? ByteClass.upper : ByteClass.lower, at: index)
    } else {
      symbol(scalar, at: index, length: length)
    }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
  }

  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.generalCategory == .currencySymbol { return false }
    let isKana = (0x3041...0x30ff).contains(scalar.value) && isLetter(scalar)
    return scalar.properties.isIdeographic || isKana || (0x0e01...0x0e4e).contains(scalar.value)
  }

  private static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.properties.lowercaseMapping.unicodeScalars.elementsEqual([scalar])
  }

  /// Final sigma has no capital of its own: it is a sigma.
  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar == "ς" { return "σ" }
    let lower = scalar.properties.lowercaseMapping.unicodeScalars
    return lower.count == 1 ? lower.first ?? scalar : scalar
  }

  private mutating func extend(_ scalar: Unicode.Scalar, _ kind: UInt8, at index: Int) {
    if let word = open {
      let isJoin = word.kind == ByteClass.lower && kind == ByteClass.upper
      if isJoin { look.joins += 1 }
      if isJoin || (word.kind == ByteClass.digit) != (kind == ByteClass.digit) { close() }
    }
    guard open != nil else { return begin(scalar, kind, at: index) }
    open?.scalars.append(scalar)
    open?.kind = kind
    look.last = kind
  }

  private mutating func begin(_ scalar: Unicode.Scalar, _ kind: UInt8, at index: Int) {
    open = Word(name: [], kind: kind, scalars: [scalar], start: index)
    if look.first == 255 { look.first = kind }
    look.last = kind
    if let stop, stop < index - 1 { look.sentences += 1 }
    stop = nil
    if kind == ByteClass.digit && colon == index - 1 { look.times += 1 }
  }

  private mutating func close() {
    guard var word = open else { return }
    open = nil
    let folded = String(String.UnicodeScalarView(word.scalars.map(Self.folded)))
    word.name = word.kind == ByteClass.digit ? word.scalars.map { _ in 0x23 } : Array(folded.utf8)
    look.wordBytes += word.name.count
    look.wordCount += 1
    if word.kind == ByteClass.digit {
      let century = word.scalars.prefix(2)
      let isYear = word.scalars.count == 4 && (century.elementsEqual(["1", "9"]) || century.elementsEqual(["2", "0"]))
      look.years += isYear ? 1 : 0
      if isYear { word.name = FeatureHash.yearName }
    } else if word.kind != ByteClass.wide {
      count(word)
    }
    words.append(word)
  }

  /// Counts a word of letters.
  private mutating func count(_ word: Word) {
    // Marks on letters have no case; one that begins a word stands for a letter.
    let letters = word.scalars.dropFirst().filter { $0.properties.generalCategory != .nonspacingMark }
    let isUpper = (word.scalars.prefix(1) + letters).map(Self.isUpper)
    look.letterWords += 1
    look.capitalisedWords += isUpper[0] ? 1 : 0
    look.shoutedWords += isUpper.count > 1 && isUpper.allSatisfy { $0 } ? 1 : 0
  }

  private mutating func symbol(_ scalar: Unicode.Scalar, at index: Int, length: Int) {
    close()
    if scalar.properties.isWhitespace || (0x80...0x9f).contains(scalar.value) { return }
    let mark = Self.marks.first { $0.scalars.contains(scalar) }?.mark ?? .other
    if look.first == 255 { look.first = 16 + mark.rawValue }
    look.marks[mark, default: 0] += 1
    switch mark {
    case .stop, .question, .exclamation: stop = index + length - 1
    case .colon where look.last == ByteClass.digit: colon = index
    default: break
    }
    look.last = 16 + mark.rawValue
  }

  private static let marks: [(mark: LineLook.Mark, scalars: String.UnicodeScalarView)] = [
    (.stop, ".…。".unicodeScalars), (.question, "?¿？".unicodeScalars), (.exclamation, "!¡！".unicodeScalars),
    (.comma, ",;、，".unicodeScalars), (.colon, ":：".unicodeScalars), (.quote, "\"“”«「」".unicodeScalars),
    (.apostrophe, "'`‘’´".unicodeScalars), (.bracket, "()[]{}".unicodeScalars), (.bar, "|".unicodeScalars),
    (.arrow, "<>»›→▶".unicodeScalars), (.bullet, "*·•●・".unicodeScalars), (.dash, "-–—−".unicodeScalars),
    (.slash, "/\\".unicodeScalars), (.currency, "$€£¥¢¤฿".unicodeScalars), (.copyright, "©®".unicodeScalars),
  ]
}

/// The counts of a ``LineLook`` that are its own.
package struct ReferenceLook {
  var byteCount = 0
  var wordCount = 0
  var letterWords = 0
  var capitalisedWords = 0
  var shoutedWords = 0
  var wordBytes = 0
  var digitCount = 0
  var years = 0
  var joins = 0
  var ideographs = 0
  var sentences = 0
  var times = 0
  var first: UInt8 = 255
  var last: UInt8 = 255
  var isWide = false
  var endsSentence = false
  var marks: [LineLook.Mark: Int] = [:]

  /// All counts in words, so that a failing test shows which differs.
  package var summary: [String] {
    let numbers = [
      byteCount, wordCount, letterWords, capitalisedWords, shoutedWords, wordBytes, digitCount, years, joins,
      ideographs, sentences, times, Int(first), Int(last),
    ]
    let markCounts = LineLook.Mark.allCases.map { "\($0.name) \(Swift.min(255, marks[$0] ?? 0))" }
    return zip(Self.names, numbers).map { "\($0) \($1)" } + ["wide \(isWide)", "ends \(endsSentence)"] + markCounts
  }

  private static let names = [
    "bytes", "words", "letter words", "capitalised", "shouted", "word bytes", "digits", "years", "joins", "ideographs",
    "sentences", "times", "first", "last",
  ]
}

extension LineLook {
  /// The same as ``ReferenceLook/summary``.
  package var summary: [String] {
    var look = ReferenceLook()
    (look.byteCount, look.wordCount, look.letterWords) = (byteCount, wordCount, letterWords)
    (look.capitalisedWords, look.shoutedWords, look.wordBytes) = (capitalisedWords, shoutedWords, wordBytes)
    (look.digitCount, look.years, look.joins, look.ideographs) = (digitCount, years, joins, ideographs)
    (look.sentences, look.times, look.first, look.last) = (sentences, times, first, last)
    (look.isWide, look.endsSentence) = (isWide, endsSentence)
    for mark in Mark.allCases { look.marks[mark] = count(mark) }
    return look.summary
  }
}

extension ReferenceTokenizer {
  /// What a sink should have been told.
  package var sink: RecordingSink {
    var sink = RecordingSink()
    sink.words = words.map { FeatureHash.named($0.name, in: .words) }
    let marked = [FeatureHash.lineMark] + sink.words + [FeatureHash.lineMark]
    if (1...40).contains(words.count) {
      sink.bigrams = zip(marked, marked.dropFirst()).map { FeatureHash.bigram($0, $1) }
    }
    sink.foldedBytes = words.filter { $0.kind != ByteClass.digit }.flatMap(\.name)
    return sink
  }
}
