import CByteMask

/// The numbered shape features of a line: version 1.
///
/// Each attribute takes exactly one of its values on every line, so every line has ``attributeCount`` features. The
/// buckets were chosen to be about equally filled on the starter pages.
package enum ShapeFeatures {
  /// The ranges of the counts that are told apart. A value, and not static members, which are reached by way of a check
  /// whether they are there.
  struct Ranges: Sendable {
    fileprivate let words = Buckets([0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45, 70, 110])
    fileprivate let bytes = Buckets([3, 6, 10, 15, 20, 30, 45, 60, 90, 130, 200, 350, 600])
    fileprivate let digits = Buckets([0, 1, 2, 4, 8, 16])
    fileprivate let sentences = Buckets([0, 1, 2, 3, 5])
    fileprivate let commas = Buckets([0, 1, 2, 4])
    fileprivate let wordLength = Buckets([2, 3, 4, 5, 6, 8, 11])
    /// How many words the capitals are counted among: a name of two words is not a headline or a sentence.
    fileprivate let capitalWords = Buckets([1, 2, 5, 12])
    /// All bits in the lanes of ``countedMarks``.
    fileprivate let countedMarks = ShapeFeatures.countedMarks.reduce(into: SIMD16<UInt8>(repeating: 0)) {
      $0[Int($1.rawValue)] = 255
    }
    fileprivate let markCount = ShapeFeatures.countedMarks.count
    /// By lane, the place of a mark in ``countedMarks``. It lives for ever, as the ranges do.
    nonisolated(unsafe) fileprivate let placeOfMark: UnsafePointer<Int> = {
      let places = UnsafeMutablePointer<Int>.allocate(capacity: 16)
      places.initialize(repeating: 0, count: 16)
      for (place, mark) in ShapeFeatures.countedMarks.enumerated() { places[Int(mark.rawValue)] = place }
      return UnsafePointer(places)
    }()
  }

  static let ranges = Ranges()

  /// Marks of which none, one and more are told apart.
  fileprivate static let countedMarks: [LineLook.Mark] = [
    .currency, .copyright, .quote, .bar, .colon, .bracket, .arrow, .bullet, .dash, .slash, .question, .exclamation,
    .other,
  ]

  /// Calls `body` with the number of each feature of the line.
  /// - Complexity: O(attributes).
  package static func forEach(_ look: LineLook, _ body: (Int) -> Void) {
    withUnsafePointer(to: look) { ranges.visit($0, skippingUsual: false, body) }
  }

  fileprivate static let edgeCount = 6 + LineLook.Mark.allCases.count

  @inline(__always)
  fileprivate static func edge(_ code: UInt8) -> Int {
    code == 255 ? 0 : code >= 16 ? Int(code) &- 10 : Int(code)
  }

  /// 0 for none, 5 for all, 1…4 by quarters between.
  @inline(__always)
  fileprivate static func sixth(_ part: Int, of whole: Int) -> Int {
    if part == 0 || whole == 0 { return 0 }
    if part >= whole { return 5 }
    let four = 4 &* part
    return 1 &+ (four >= whole ? 1 : 0) &+ (four >= 2 &* whole ? 1 : 0) &+ (four >= 3 &* whole ? 1 : 0)
  }
}

extension ShapeFeatures.Ranges {
  private typealias Features = ShapeFeatures

  /// Calls `body` with the number of each feature of the line that is not its attribute's first, and now and then with
  /// one that is: most attributes are "none" on most lines.
  /// - Complexity: O(attributes).
  @inline(__always)
  func forEachUnusual(_ look: UnsafePointer<LineLook>, _ body: (Int) -> Void) {
    visit(look, skippingUsual: true, body)
  }

  /// Straight-line code with running offsets: it runs for every line. ``ShapeFeatures/name(_:)`` reads the same order.
  @inline(__always)
  fileprivate func visit(_ line: UnsafePointer<LineLook>, skippingUsual: Bool, _ body: (Int) -> Void) {
    var offset = 0
    @inline(__always) func take(_ value: Int, of count: Int) {
      body(offset &+ value)
      offset &+= count
    }
    @inline(__always) func takeRare(_ value: Int, of count: Int) {
      if !skippingUsual || value != 0 { body(offset &+ value) }
      offset &+= count
    }
    @inline(__always) func few(_ count: Int) { takeRare(min(count, 2), of: 3) }
    @inline(__always) func few(_ mark: LineLook.Mark) { few(line.pointee.count(mark)) }
    let letterWords = line.pointee.letterWords
    take(words.index(of: line.pointee.wordCount), of: words.count)
    take(bytes.index(of: line.pointee.byteCount), of: bytes.count)
    take(Features.edge(line.pointee.first), of: Features.edgeCount)
    take(Features.edge(line.pointee.last), of: Features.edgeCount)
    take(
      Features.sixth(line.pointee.capitalisedWords, of: letterWords) &* 5 &+ capitalWords.index(of: letterWords),
      of: 6 * capitalWords.count)
    takeRare(Features.sixth(line.pointee.shoutedWords, of: letterWords), of: 6)
    takeRare(digits.index(of: line.pointee.digitCount), of: digits.count)
    takeRare(Features.sixth(line.pointee.digitCount, of: line.pointee.wordBytes), of: 6)
    take(sentences.index(of: line.pointee.sentences &+ (line.pointee.endsSentence ? 1 : 0)), of: sentences.count)
    take(commas.index(of: line.pointee.count(.comma)), of: commas.count)
    take(wordLength.index(of: quotient(line.pointee.wordBytes, max(1, line.pointee.wordCount))), of: wordLength.count)
    if skippingUsual {
      forEachCountedMark(line) { body(offset &+ 3 &* $0 &+ min($1, 2)) }
      offset &+= 3 &* markCount
    } else {
      for mark in Features.countedMarks { few(mark) }
    }
    let rare = line.pointee.joins | line.pointee.times | line.pointee.years | line.pointee.ideographs
    if !skippingUsual || rare | line.pointee.addresses != 0 {
      few(line.pointee.joins)
      few(line.pointee.times)
      few(line.pointee.years)
      few(line.pointee.ideographs)
      few(line.pointee.addresses)
    }
  }

  /// A quotient, divided in 32 bits.
  @inline(__always)
  private func quotient(_ dividend: Int, _ divisor: Int) -> Int {
    let largest = Int(UInt32.max)
    return Int(
      UInt32(truncatingIfNeeded: min(dividend, largest)) / UInt32(truncatingIfNeeded: min(divisor, largest)))
  }

  /// Calls `body` with the place and the count of each mark on the line that is told apart by none, one and more.
  @inline(__always)
  private func forEachCountedMark(_ line: UnsafePointer<LineLook>, _ body: (_ place: Int, _ count: Int) -> Void) {
    let marks = line.pointee.marks & countedMarks
    // The top bit of a number or of what is missing to 256 is set, unless it is 0.
    var rest = chaff_top_bits(marks | (0 &- marks))
    while rest != 0 {
      let lane = rest.trailingZeroBitCount
      rest &= rest &- 1
      body(placeOfMark[lane], Int(marks[lane]))
    }
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
      if rest < attribute.count { return "\(attribute.name) = \(attribute.describe(rest))" }
      rest -= attribute.count
    }
    return "?"
  }
}
