import Chaff

/// What ``LineScanner`` should find, worked out slowly with Swift's own tables: Unicode properties, case mappings and
/// UTF-8 validation. It knows the scalars that the tests use, not all of Unicode.
package struct ReferenceTokenizer {
  /// A word, by its folded bytes; a number is its digits as number signs.
  package struct Word {
    var name: [UInt8]
    var kind: UInt8
    var scalars: [Unicode.Scalar]
  }

  package private(set) var words: [Word] = []
  package private(set) var look = LineLook()
  private var open: Word?

  package init(_ bytes: [UInt8]) {
    var index = 0
    while index < bytes.count {
      let (scalar, length) = Self.decode(bytes, at: index)
      read(scalar)
      index += length
    }
    close()
    look.wordCount = words.count
    look.isBlank = bytes.allSatisfy { (9...13).contains($0) || $0 == 0x20 }
  }

  /// The scalar that begins at an index, by Swift's own validation; nil and 1 if it is not valid.
  static func decode(_ bytes: [UInt8], at index: Int) -> (scalar: Unicode.Scalar?, length: Int) {
    for length in 1...4 where index + length <= bytes.count {
      guard let text = String(validating: bytes[index..<index + length], as: UTF8.self) else { continue }
      return (text.unicodeScalars.first, length)
    }
    return (nil, 1)
  }

  private mutating func read(_ scalar: Unicode.Scalar?) {
    guard let scalar else { return close() }
    // Where it is no byte-order mark it once was a space without width; to us it is one.
    if scalar == "\u{feff}" { return close() }
    if scalar.properties.generalCategory == .format { return }
    if let word = open, word.kind != ByteClass.digit, scalar.properties.generalCategory == .nonspacingMark {
      open?.scalars.append(scalar)
    } else if ("0"..."9").contains(scalar) {
      extend(scalar, ByteClass.digit)
    } else if Self.isIdeograph(scalar) {
      close()
      begin(scalar, ByteClass.wide)
      close()
    } else if Self.isLetter(scalar) {
      extend(scalar, Self.isUpper(scalar) ? ByteClass.upper : ByteClass.lower)
    } else {
      close()
      if Self.stops.contains(scalar) { look.endsSentence = true }
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

  private mutating func extend(_ scalar: Unicode.Scalar, _ kind: UInt8) {
    if let word = open {
      let isJoin = word.kind == ByteClass.lower && kind == ByteClass.upper
      if isJoin || (word.kind == ByteClass.digit) != (kind == ByteClass.digit) { close() }
    }
    guard open != nil else { return begin(scalar, kind) }
    open?.scalars.append(scalar)
    open?.kind = kind
  }

  private mutating func begin(_ scalar: Unicode.Scalar, _ kind: UInt8) {
    open = Word(name: [], kind: kind, scalars: [scalar])
    look.endsSentence = false
  }

  private mutating func close() {
    guard var word = open else { return }
    open = nil
    let folded = String(String.UnicodeScalarView(word.scalars.map(Self.folded)))
    word.name = word.kind == ByteClass.digit ? Self.name(ofNumber: word.scalars) : Array(folded.utf8)
    words.append(word)
  }

  private static func name(ofNumber digits: [Unicode.Scalar]) -> [UInt8] {
    let century = digits.prefix(2)
    let isYear = digits.count == 4 && (century.elementsEqual(["1", "9"]) || century.elementsEqual(["2", "0"]))
    return isYear ? FeatureHash.yearName : digits.map { _ in 0x23 }
  }

  /// What may end a sentence.
  private static let stops: Set<Unicode.Scalar> = [
    ".", "?", "!", "…", "¿", "¡", "。", "．", "？", "！", "।", "۔", "؟", "\u{37e}",
  ]
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
