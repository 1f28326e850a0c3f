/// The numbered shape features of a line: version 1.
///
/// Each attribute takes exactly one of its values on every line, so every line has ``attributeCount`` features. The
/// buckets were chosen to be about equally filled on the starter pages.
package enum ShapeFeatures {
  private static let words = Buckets([0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45, 70, 110])
  private static let bytes = Buckets([3, 6, 10, 15, 20, 30, 45, 60, 90, 130, 200, 350, 600])
  private static let digits = Buckets([0, 1, 2, 4, 8, 16])
  private static let sentences = Buckets([0, 1, 2, 3, 5])
  private static let commas = Buckets([0, 1, 2, 4])
  private static let wordLength = Buckets([2, 3, 4, 5, 6, 8, 11])
  /// How many words the capitals are counted among: a name of two words is not a headline or a sentence.
  private static let capitalWords = Buckets([1, 2, 5, 12])

  /// Marks of which none, one and more are told apart.
  private static let countedMarks: [LineLook.Mark] = [
    .currency, .copyright, .quote, .bar, .colon, .bracket, .arrow, .bullet, .dash, .slash, .question, .exclamation,
    .other,
  ]

  /// Calls `body` with the number of each feature of the line.
  ///
  /// Straight-line code with running offsets: it runs for every line. ``name(_:)`` reads the same order.
  /// - Complexity: O(attributes).
  @inline(__always)
  package static func forEach(_ look: LineLook, _ body: (Int) -> Void) {
    var offset = 0
    @inline(__always) func take(_ value: Int, of count: Int) {
      body(offset &+ value)
      offset &+= count
    }
    @inline(__always) func few(_ count: Int) { take(min(count, 2), of: 3) }
    take(words.index(of: look.wordCount), of: words.count)
    take(bytes.index(of: look.byteCount), of: bytes.count)
    take(edge(look.first), of: edgeCount)
    take(edge(look.last), of: edgeCount)
    take(
      sixth(look.capitalisedWords, of: look.letterWords) &* 5 &+ capitalWords.index(of: look.letterWords),
      of: 6 * capitalWords.count)
    take(sixth(look.shoutedWords, of: look.letterWords), of: 6)
    take(digits.index(of: look.digitCount), of: digits.count)
    take(sixth(look.digitCount, of: look.wordBytes), of: 6)
    take(sentences.index(of: look.sentences &+ (look.endsSentence ? 1 : 0)), of: sentences.count)
    take(commas.index(of: look.count(.comma)), of: commas.count)
    take(wordLength.index(of: look.wordBytes / max(1, look.wordCount)), of: wordLength.count)
    few(look.count(.currency))
    few(look.count(.copyright))
    few(look.count(.quote))
    few(look.count(.bar))
    few(look.count(.colon))
    few(look.count(.bracket))
    few(look.count(.arrow))
    few(look.count(.bullet))
    few(look.count(.dash))
    few(look.count(.slash))
    few(look.count(.question))
    few(look.count(.exclamation))
    few(look.count(.other))
    few(look.joins)
    few(look.times)
    few(look.years)
    few(look.ideographs)
    few(look.addresses)
  }

  private static let edgeCount = 6 + LineLook.Mark.allCases.count

  @inline(__always)
  private static func edge(_ code: UInt8) -> Int {
    code == 255 ? 0 : code >= 16 ? Int(code) &- 10 : Int(code)
  }

  /// 0 for none, 5 for all, 1…4 by quarters between.
  @inline(__always)
  private static func sixth(_ part: Int, of whole: Int) -> Int {
    if part == 0 || whole == 0 { return 0 }
    if part >= whole { return 5 }
    let four = 4 &* part
    return 1 &+ (four >= whole ? 1 : 0) &+ (four >= 2 &* whole ? 1 : 0) &+ (four >= 3 &* whole ? 1 : 0)
  }
}

extension ShapeFeatures {
  /// A property of a line, and how many values it may take.
  private struct Attribute: Sendable {
    let name: String
    let count: Int
    let describe: @Sendable (Int) -> String
  }

  private static let shares = ["none", "under a quarter", "under half", "under three quarters", "most", "all"]

  /// The attributes in the order of ``forEach(_:_:)``.
  private static let attributes: [Attribute] =
    [
      range("words", words), range("bytes", bytes),
      Attribute(name: "begins with", count: edgeCount, describe: edgeName),
      Attribute(name: "ends with", count: edgeCount, describe: edgeName),
      Attribute(name: "capitalised", count: 6 * capitalWords.count) {
        "\(shares[$0 / 5]) of \(capitalWords.name($0 % 5)) words"
      },
      Attribute(name: "in capitals", count: 6) { shares[$0] },
      range("digits", digits),
      Attribute(name: "share of digits", count: 6) { shares[$0] },
      range("sentences", sentences), range("commas", commas), range("word length", wordLength),
    ]
    + countedMarks.map { few("\($0.name) marks") }
    + ["joined words", "times of day", "years", "ideographs", "addresses"].map(few)

  private static func range(_ name: String, _ buckets: Buckets) -> Attribute {
    Attribute(name: name, count: buckets.count) { buckets.name($0) }
  }

  private static func few(_ name: String) -> Attribute {
    Attribute(name: name, count: 3) { ["none", "one", "several"][$0] }
  }

  private static func edgeName(_ value: Int) -> String {
    if value >= 6 { return LineLook.Mark(rawValue: UInt8(value - 6))?.name ?? "other" }
    return ["nothing", "space", "capital", "small letter", "digit", "ideograph"][value]
  }

  /// How many shape features there are.
  package static let count = attributes.reduce(0) { $0 + $1.count }

  /// How many shape features every line has.
  package static let attributeCount = attributes.count

  /// The feature in words: "words = 3".
  package static func name(_ feature: Int) -> String {
    var rest = feature
    for attribute in attributes {
      if rest < attribute.count { return "\(attribute.name) = \(attribute.describe(rest))" }
      rest -= attribute.count
    }
    return "?"
  }
}
