/// The numbered shape features of a line: version 1.
///
/// Each attribute takes exactly one of its values on every line, so every line has ``attributeCount`` features. The
/// buckets were chosen to be about equally filled on the starter pages.
package enum ShapeFeatures {
  /// The ranges of the counts that are told apart. A value, and not static members, which are reached by way of a check
  /// whether they are there.
  struct Ranges: Sendable {
    let words = Buckets([0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45, 70, 110])
    let bytes = Buckets([3, 6, 10, 15, 20, 30, 45, 60, 90, 130, 200, 350, 600])
    let digits = Buckets([0, 1, 2, 4, 8, 16])
    let sentences = Buckets([0, 1, 2, 3, 5])
    let commas = Buckets([0, 1, 2, 4])
    let wordLength = Buckets([2, 3, 4, 5, 6, 8, 11])
    /// How many words the capitals are counted among: a name of two words is not a headline or a sentence.
    let capitalWords = Buckets([1, 2, 5, 12])
  }

  static let ranges = Ranges()

  /// Marks of which none, one and more are told apart.
  static let countedMarks: [LineLook.Mark] = [
    .currency, .copyright, .quote, .bar, .colon, .bracket, .arrow, .bullet, .dash, .slash, .question, .exclamation,
    .other,
  ]

  /// Calls `body` with the number of each feature of the line.
  /// - Complexity: O(attributes).
  package static func forEach(_ look: LineLook, _ body: (Int) -> Void) {
    ranges.forEach(look, body)
  }

  /// Writes the numbers of the line's features, ``attributeCount`` of them.
  /// - Complexity: O(attributes).
  package static func write(_ look: LineLook, to numbers: UnsafeMutablePointer<UInt16>) {
    var attribute = 0
    ranges.forEach(look) { feature in
      numbers[attribute] = UInt16(truncatingIfNeeded: feature)
      attribute += 1
    }
  }

  static let edgeCount = 6 + LineLook.Mark.allCases.count

  @inline(__always)
  static func edge(_ code: UInt8) -> Int {
    code == 255 ? 0 : code >= 16 ? Int(code) &- 10 : Int(code)
  }

  /// ``LineLook/first`` or ``LineLook/last``, of which ``edge(_:)`` makes a number.
  @inline(__always)
  static func code(edge: Int) -> UInt8 {
    edge == 0 ? 255 : UInt8(truncatingIfNeeded: edge >= 6 ? edge &+ 10 : edge)
  }

  /// 0 for none, 5 for all, 1…4 by quarters between; without a branch, which would be guessed wrongly.
  @inline(__always)
  static func sixth(_ part: Int, of whole: Int) -> Int {
    let four = 4 &* part
    let quarters = (four >= whole ? 1 : 0) &+ (four >= 2 &* whole ? 1 : 0) &+ (four >= 3 &* whole ? 1 : 0)
    return (part != 0 ? 1 : 0) &* (whole != 0 ? 1 : 0) &* (1 &+ quarters &+ (part >= whole ? 1 : 0))
  }

  /// A quotient, divided in 32 bits.
  @inline(__always)
  static func quotient(_ dividend: Int, _ divisor: Int) -> Int {
    let largest = Int(UInt32.max)
    return Int(
      UInt32(truncatingIfNeeded: min(dividend, largest)) / UInt32(truncatingIfNeeded: min(divisor, largest)))
  }
}

extension ShapeFeatures.Ranges {
  private typealias Features = ShapeFeatures

  /// ``ShapeFeatures/name(_:)`` reads the same order, and `ShapeSums` has it.
  fileprivate func forEach(_ look: LineLook, _ body: (Int) -> Void) {
    var offset = 0
    func take(_ value: Int, of count: Int) {
      body(offset + value)
      offset += count
    }
    func few(_ count: Int) { take(min(count, 2), of: 3) }
    take(words.index(of: look.wordCount), of: words.count)
    take(bytes.index(of: look.byteCount), of: bytes.count)
    take(Features.edge(look.first), of: Features.edgeCount)
    take(Features.edge(look.last), of: Features.edgeCount)
    take(
      Features.sixth(look.capitalisedWords, of: look.letterWords) * 5 + capitalWords.index(of: look.letterWords),
      of: 6 * capitalWords.count)
    take(Features.sixth(look.shoutedWords, of: look.letterWords), of: 6)
    take(digits.index(of: look.digitCount), of: digits.count)
    take(Features.sixth(look.digitCount, of: look.wordBytes), of: 6)
    take(sentences.index(of: look.sentences + (look.endsSentence ? 1 : 0)), of: sentences.count)
    take(commas.index(of: look.count(.comma)), of: commas.count)
    take(wordLength.index(of: Features.quotient(look.wordBytes, max(1, look.wordCount))), of: wordLength.count)
    for mark in Features.countedMarks { few(look.count(mark)) }
    for count in [look.joins, look.times, look.years, look.ideographs, look.addresses] { few(count) }
  }
}

extension ShapeFeatures {
  /// A property of a line, and how many values it may take.
  ///
  /// Names are put together when they are asked for: those of marks cost a model a quarter of the time of its loading.
  private struct Attribute: Sendable {
    let name: @Sendable () -> String
    let count: Int
    let describe: @Sendable (Int) -> String

    init(
      name: @autoclosure @escaping @Sendable () -> String, count: Int, describe: @escaping @Sendable (Int) -> String
    ) {
      self.name = name
      self.count = count
      self.describe = describe
    }
  }

  private static let shares = ["none", "under a quarter", "under half", "under three quarters", "most", "all"]

  /// The attributes in the order of ``forEach(_:_:)``.
  private static let attributes: [Attribute] =
    [
      range("words", ranges.words), range("bytes", ranges.bytes),
      Attribute(name: "begins with", count: edgeCount, describe: edgeName),
      Attribute(name: "ends with", count: edgeCount, describe: edgeName),
      Attribute(name: "capitalised", count: 6 * ranges.capitalWords.count) {
        "\(shares[$0 / 5]) of \(ranges.capitalWords.name($0 % 5)) words"
      },
      Attribute(name: "in capitals", count: 6) { shares[$0] },
      range("digits", ranges.digits),
      Attribute(name: "share of digits", count: 6) { shares[$0] },
      range("sentences", ranges.sentences), range("commas", ranges.commas), range("word length", ranges.wordLength),
    ]
    + countedMarks.map { mark in few("\(mark.name) marks") }
    + ["joined words", "times of day", "years", "ideographs", "addresses"].map { name in few(name) }

  private static func range(_ name: String, _ buckets: Buckets) -> Attribute {
    Attribute(name: name, count: buckets.count) { buckets.name($0) }
  }

  private static func few(_ name: @autoclosure @escaping @Sendable () -> String) -> Attribute {
    Attribute(name: name(), count: 3) { ["none", "one", "several"][$0] }
  }

  private static func edgeName(_ value: Int) -> String {
    if value >= 6 { return LineLook.Mark(rawValue: UInt8(value - 6))?.name ?? "other" }
    return ["nothing", "space", "capital", "small letter", "digit", "ideograph"][value]
  }

  /// The first feature of each attribute.
  static let firstFeatures = attributes.indices.map { index in attributes[..<index].reduce(0) { $0 + $1.count } }

  /// How many shape features there are.
  package static let count = attributes.reduce(0) { $0 + $1.count }

  /// How many shape features every line has.
  package static let attributeCount = attributes.count

  /// The feature in words: "words = 3".
  package static func name(_ feature: Int) -> String {
    var rest = feature
    for attribute in attributes {
      if rest < attribute.count { return "\(attribute.name()) = \(attribute.describe(rest))" }
      rest -= attribute.count
    }
    return "?"
  }
}
