/// The pattern of a short line: its tokens, in which all but common words are replaced by what they look like.
///
/// "By Ana Lopes · 3 May 2021" and "By Tom Reid · 14 June 2019" have no word in common but "by", and yet are the same
/// thing. In a pattern one of the ``CommonWords`` stands for itself, any other word for its case, a number for its
/// length, and each mark for itself. The features are three neighbouring tokens, with a mark at either end of the line.
///
/// On pages of other sites this was worth more than word trigrams, bigrams that skip a word, or characters, and more than
/// letting short words stand for themselves (on held-out pages of our own as much as trigrams or characters); on lines of
/// more than ``longestLine`` words it brings nothing and is left out.
package struct LinePattern {
  /// Lines of more words have no pattern.
  package static let longestLine = 16
  /// Tokens that are read; what follows on a line of nothing but marks is left out, so that it costs no more.
  static let tokenLimit = 96

  private struct Token {
    /// ``FeatureHash/token(_:)`` of the token's name.
    var hash: UInt64
    /// Where the name lies in `names`, if names are kept.
    var name: Range<Int>
  }

  /// Whether names are kept, which scoring has no use for.
  private let isNaming: Bool

  private var tokens: [Token] = []
  /// The names of the tokens, each with a space behind it: those of neighbours are a triple's.
  private var names: [UInt8] = []
  private var open = OpenToken()
  private let commonWords = CommonWords.english

  /// - Parameter isNaming: whether ``name(_:)`` will be asked for.
  package init(isNaming: Bool) { self.isNaming = isNaming }

  /// Reads a line.
  /// - Complexity: O(bytes).
  package mutating func read(_ line: UnsafeBufferPointer<UInt8>) {
    tokens.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
    append(.start)
    var index = 0
    while index < line.count && tokens.count <= Self.tokenLimit {
      let (piece, length) = Piece.read(line, at: index)
      switch piece {
      case .letter(let folded, let isUpper):
        if open.digits > 0 { close() }
        open.add(folded, isUpper: isUpper)
        if isNaming { UTF8Decoding.encode(folded) { names.append($0) } }
      case .combining(let scalar):
        if open.digits > 0 { close() }
        open.add(combining: scalar)
        if isNaming { UTF8Decoding.encode(scalar) { names.append($0) } }
      case .digit(let value):
        if open.letters > 0 { close() }
        open.add(digit: value)
      case .space: close()
      case .ignorable: break
      case .mark:
        close()
        appendMark(line, index..<index + length)
      case .invalid:
        close()
        append(.invalid)
      }
      index += length
    }
    close()
    append(.end)
  }

  /// Calls `body` with the number of each triple of neighbouring tokens and its hash, repetitions included.
  @inline(__always)
  package func forEach(_ body: (_ index: Int, _ hash: UInt64) -> Void) {
    for index in 0..<tokens.count - 2 {
      body(index, FeatureHash.pattern(tokens[index].hash, tokens[index + 1].hash, tokens[index + 2].hash))
    }
  }

  /// The name of a triple: its tokens' with spaces between.
  package func name(_ index: Int) -> [UInt8] {
    var name: [UInt8] = []
    appendName(index, to: &name)
    return name
  }

  /// Appends the name of a triple to those of others.
  func appendName(_ index: Int, to result: inout [UInt8]) {
    let name = tokens[index].name.lowerBound..<tokens[index + 2].name.upperBound
    names.withUnsafeBufferPointer { result.append(contentsOf: UnsafeBufferPointer(rebasing: $0[name])) }
  }

  /// Appends the hashes of the triples, in order.
  func appendHashes(to hashes: inout [UInt64]) {
    forEach { _, hash in hashes.append(hash) }
  }

  private mutating func append(_ token: PatternToken) {
    let start = names.count
    if isNaming { names.append(contentsOf: token.name) }
    append(PatternToken.hashes[token.rawValue], nameFrom: start)
  }

  /// Adds a token whose name begins at a place of `names`.
  private mutating func append(_ hash: UInt64, nameFrom start: Int) {
    tokens.append(Token(hash: hash, name: start..<names.count))
    if isNaming { names.append(0x20) }
  }

  private mutating func appendMark(_ line: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    let start = names.count
    if isNaming { names.append(contentsOf: line[range]) }
    var hasher = WordHasher()
    for index in range { hasher.add(line[index]) }
    append(hasher.value, nameFrom: start)
  }

  private mutating func close() {
    if open.digits > 0 {
      append(open.isYear ? .year : .number(digits: open.digits))
    } else if open.letters > 0 {
      closeWord()
    } else {
      return
    }
    open = OpenToken()
  }

  private mutating func closeWord() {
    let folded = open.hash
    // The folded letters stand behind the name of the token before.
    let start = isNaming ? (tokens.last?.name.upperBound ?? -1) + 1 : 0
    guard commonWords.contains(folded) else {
      names.removeLast(names.count - start)
      return append(open.capitals == 0 ? .small : open.capitals == open.letters ? .capitals : mixedCase)
    }
    if isNaming && open.isCapitalised { names.insert(UInt8(ascii: "^"), at: start) }
    append(open.isCapitalised ? FeatureHash.capitalised(folded) : folded, nameFrom: start)
  }

  private var mixedCase: PatternToken { open.isCapitalised && open.capitals == 1 ? .capitalised : .mixed }
}

/// A word or a number that is being read.
private struct OpenToken {
  private(set) var letters = 0
  private(set) var digits = 0
  private(set) var isCapitalised = false
  private(set) var capitals = 0
  private var hasher = WordHasher()
  private var firstDigits: UInt32 = 0

  @inline(__always)
  mutating func add(_ folded: UInt32, isUpper: Bool) {
    if isUpper {
      capitals += 1
      if letters == 0 { isCapitalised = true }
    }
    letters += 1
    UTF8Decoding.encode(folded) { hasher.add($0) }
  }

  /// A mark on a letter has no case; one that begins a word stands for a letter.
  mutating func add(combining scalar: UInt32) {
    if letters == 0 { letters = 1 }
    UTF8Decoding.encode(scalar) { hasher.add($0) }
  }

  /// The hash of the folded word.
  var hash: UInt64 { hasher.value }

  mutating func add(digit: UInt8) {
    if digits < 2 { firstDigits = firstDigits << 8 | UInt32(digit) }
    digits += 1
  }

  /// Whether the number is of four digits that begin 19 or 20.
  var isYear: Bool { digits == 4 && (firstDigits == 0x3139 || firstDigits == 0x3230) }
}

/// What stands at a place of a line.
private enum Piece {
  case letter(folded: UInt32, isUpper: Bool)
  case combining(UInt32)
  case digit(UInt8)
  case space, ignorable, mark, invalid

  @inline(__always)
  static func read(_ line: UnsafeBufferPointer<UInt8>, at index: Int) -> (piece: Piece, length: Int) {
    let byte = line[index]
    switch ByteClass.of(byte) {
    case ByteClass.lower: return (.letter(folded: UInt32(byte), isUpper: false), 1)
    case ByteClass.upper: return (.letter(folded: UInt32(byte | 0x20), isUpper: true), 1)
    case ByteClass.digit: return (.digit(byte), 1)
    case ByteClass.space: return (.space, 1)
    case ByteClass.wide: return wide(line, at: index)
    default: return (.mark, 1)
    }
  }

  private static func wide(_ line: UnsafeBufferPointer<UInt8>, at index: Int) -> (piece: Piece, length: Int) {
    guard let base = line.baseAddress else { return (.invalid, 1) }
    let (scalar, length) = UTF8Decoding.scalar(base, at: index, end: line.count)
    guard let scalar else { return (.invalid, length) }
    switch Normalization.classify(scalar) {
    case .ignorable: return (.ignorable, length)
    case .ideograph: return (.mark, length)
    case .symbol: return (SymbolKind(symbol: scalar) == .space ? .space : .mark, length)
    case .letter where Normalization.isCombining(scalar): return (.combining(scalar), length)
    case .letter(let folded):
      return (.letter(folded: folded, isUpper: Normalization.isCapital(scalar, folded: folded)), length)
    }
  }
}
