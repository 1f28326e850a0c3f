/// The numbered shape features of a line: version 1.
///
/// Each attribute takes exactly one of its values on every line, so a line has ``attributes``' count of features.
/// Buckets were chosen to be about equally filled on the starter pages.
package enum ShapeFeatures {
  /// A property of a line, and how many values it may take.
  struct Attribute: Sendable {
    let name: String
    let values: Int
    let describe: @Sendable (Int) -> String
    let value: @Sendable (LineLook) -> Int
  }

  private static let words = Buckets([0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45, 70, 110])
  private static let bytes = Buckets([3, 6, 10, 15, 20, 30, 45, 60, 90, 130, 200, 350, 600])
  private static let digits = Buckets([0, 1, 2, 4, 8, 16])
  private static let commas = Buckets([0, 1, 2, 4])
  private static let wordLength = Buckets([2, 3, 4, 5, 6, 8, 11])
  private static let quarters = ["none", "under a quarter", "under half", "under three quarters", "most", "all"]

  private static func range(
    _ name: String, _ buckets: Buckets, _ value: @escaping @Sendable (LineLook) -> Int
  ) -> Attribute {
    Attribute(
      name: name, values: buckets.count, describe: { buckets.name($0) },
      value: { buckets.index(of: value($0)) })
  }

  /// A count of which none, one and more are told apart.
  private static func few(_ name: String, _ value: @escaping @Sendable (LineLook) -> Int) -> Attribute {
    Attribute(
      name: name, values: 3, describe: { ["none", "one", "several"][$0] },
      value: { min(value($0), 2) })
  }

  private static func share(
    _ name: String, of part: @escaping @Sendable (LineLook) -> Int, in whole: @escaping @Sendable (LineLook) -> Int
  ) -> Attribute {
    Attribute(
      name: name, values: 6, describe: { quarters[$0] },
      value: { quarter(part($0), of: whole($0)) })
  }

  /// 0 for none, 5 for all, 1…4 by quarters between.
  private static func quarter(_ part: Int, of whole: Int) -> Int {
    if part == 0 || whole == 0 { return 0 }
    return part >= whole ? 5 : 1 + 4 * part / whole
  }

  private static func edge(_ code: UInt8) -> Int {
    code == 255 ? 0 : code >= 16 ? Int(code) - 16 + 6 : Int(code)
  }

  private static func edgeName(_ value: Int) -> String {
    if value >= 6 { return LineLook.Mark(rawValue: UInt8(value - 6))?.name ?? "other" }
    return ["nothing", "space", "capital", "small letter", "digit", "ideograph"][value]
  }

  private static let edgeValues = 6 + LineLook.Mark.allCases.count

  static let attributes: [Attribute] = [
    range("words", words) { $0.wordCount },
    range("bytes", bytes) { $0.byteCount },
    Attribute(name: "begins with", values: edgeValues, describe: edgeName) { edge($0.first) },
    Attribute(name: "ends with", values: edgeValues, describe: edgeName) { edge($0.last) },
    // Capitals mean little without the length: a name of two words, a headline, a sentence.
    Attribute(
      name: "capitalised", values: 30,
      describe: { "\(quarters[$0 / 5]) of \(["0…1", "2", "3…5", "6…12", "13…"][$0 % 5]) words" },
      value: {
        quarter($0.capitalisedWords, of: $0.letterWords) * 5 + Buckets([1, 2, 5, 12]).index(of: $0.letterWords)
      }),
    share("in capitals", of: { $0.shoutedWords }, in: { $0.letterWords }),
    range("digits", digits) { $0.digitCount },
    share("share of digits", of: { $0.digitCount }, in: { $0.wordBytes }),
    range("sentences", Buckets([0, 1, 2, 3, 5])) { $0.sentences + ($0.endsSentence ? 1 : 0) },
    range("commas", commas) { $0.count(.comma) },
    range("word length", wordLength) { $0.wordBytes / max(1, $0.wordCount) },
    few("currency signs") { $0.count(.currency) },
    few("copyright signs") { $0.count(.copyright) },
    few("quotation marks") { $0.count(.quote) },
    few("vertical bars") { $0.count(.bar) },
    few("colons") { $0.count(.colon) },
    few("brackets") { $0.count(.bracket) },
    few("arrows") { $0.count(.arrow) },
    few("bullets") { $0.count(.bullet) },
    few("dashes") { $0.count(.dash) },
    few("slashes") { $0.count(.slash) },
    few("question marks") { $0.count(.question) },
    few("exclamation marks") { $0.count(.exclamation) },
    few("other marks") { $0.count(.other) },
    few("joined words") { $0.joins },
    few("times of day") { $0.times },
    few("years") { $0.years },
    few("ideographs") { $0.ideographs },
  ]

  /// Where each attribute's values begin in the numbering.
  static let offsets: [Int] = {
    var next = 0
    return attributes.map { attribute in
      defer { next += attribute.values }
      return next
    }
  }()

  /// How many shape features there are.
  package static let count = attributes.reduce(0) { $0 + $1.values }

  /// Calls `body` with the number of each feature of the line.
  /// - Complexity: O(attributes).
  @inline(__always)
  package static func forEach(_ look: LineLook, _ body: (Int) -> Void) {
    for index in attributes.indices {
      body(offsets[index] + attributes[index].value(look))
    }
  }

  /// The feature in words: "words = 3".
  package static func name(_ feature: Int) -> String {
    guard let index = offsets.lastIndex(where: { $0 <= feature }) else { return "?" }
    return "\(attributes[index].name) = \(attributes[index].describe(feature - offsets[index]))"
  }
}

extension ShapeFeatures {
  /// How many shape features every line has.
  package static var attributeCount: Int { attributes.count }
}
