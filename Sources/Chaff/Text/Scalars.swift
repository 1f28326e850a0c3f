/// What a Unicode scalar is to the word scanner: normalisation version 1.
///
/// The rules are written out here, and not taken from the system's Unicode tables, so that a model means the same on
/// every machine. They are versioned in the model file (`Normalization.version`).
package enum ScalarClass: Sendable {
  /// Part of a word; the folded (lower-case) scalar.
  case letter(folded: UInt32)
  /// A scalar of a script that is written without spaces: a word of its own, so that word bigrams are character bigrams.
  case ideograph
  /// Invisible inside a word (soft hyphen, joiners): skipped.
  case ignorable
  /// Anything else: ends a word.
  case symbol
}

/// The normalisation of words: ASCII and non-ASCII case folding, digits by shape, word boundaries.
///
/// Version 1:
/// 1. A word is a run of letters, or a run of ASCII digits. A lower-case ASCII letter before an upper-case one ends a
///    word, so that joined menus ("HomeNewsSport") fall apart.
/// 2. Letters are folded to lower case by simple folding (Unicode's, for the scripts listed in ``ScalarClass``).
/// 3. A run of digits becomes its length (five and more are one), except that four digits that begin 19 or 20 are a year.
/// 4. Scalars of Chinese, Japanese, Thai, Lao, Khmer and Burmese are each a word.
/// 5. Invalid UTF-8 is a symbol, byte by byte. No canonical composition is applied; a combining mark is a letter of the
///    word that it stands in, and has that word's case, so that a capital in two scalars is one capital.
package enum Normalization {
  /// The version that is written into a model; a model of another version is refused.
  package static let version: UInt32 = 1

  /// The class of a non-ASCII scalar.
  /// - Complexity: O(1).
  package static func classify(_ scalar: UInt32) -> ScalarClass {
    if scalar < 0x250 { return latin(scalar) }
    if scalar >= 0x2000 && scalar < 0x2c00 { return general(scalar) }
    // Greek and Cyrillic are letters but for two, and need not be looked for among the others.
    if scalar < 0x55a && scalar != 0x37e && scalar != 0x387 { return .letter(folded: fold(scalar)) }
    if isIdeographic(scalar) { return .ideograph }
    if isSymbol(scalar) { return .symbol }
    return .letter(folded: fold(scalar))
  }

  /// Whether a letter is a combining mark of a script that has case: it says nothing of a word's.
  /// - Complexity: O(1).
  @inline(__always)
  package static func isCombining(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x300...0x36f, 0x483...0x487, 0x1ab0...0x1aff, 0x1dc0...0x1dff: true
    default: false
    }
  }

  /// Whether a letter is a capital. Final sigma folds to sigma and is none.
  @inline(__always)
  package static func isCapital(_ scalar: UInt32, folded: UInt32) -> Bool { folded != scalar && scalar != 0x3c2 }

  private static func latin(_ scalar: UInt32) -> ScalarClass {
    switch scalar {
    case 0xad: .ignorable
    case 0xaa, 0xb5, 0xba: .letter(folded: scalar)
    case 0x80..<0xc0, 0xd7, 0xf7: .symbol
    default: .letter(folded: fold(scalar))
    }
  }

  private static func general(_ scalar: UInt32) -> ScalarClass {
    switch scalar {
    case 0x2010..<0x202a: .symbol
    case 0x200b...0x200f, 0x202a...0x202e, 0x2060...0x2064: .ignorable
    case 0x2071, 0x207f, 0x2090...0x209c: .letter(folded: scalar)
    default: .symbol
    }
  }

  private static func isIdeographic(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0e01...0x0e3a, 0x0e40...0x0e4e, 0x0e81...0x0ecd, 0x1000...0x1049, 0x1780...0x17d3: true
    case 0x3005...0x3007, 0x3041...0x3096, 0x309d...0x309f, 0x30a1...0x30fa, 0x30fc...0x30ff: true
    case 0x31f0...0x31ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff: true
    case 0xff66...0xff9d, 0x20000...0x3ffff: true
    default: false
    }
  }

  private static func isSymbol(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x037e, 0x0387, 0x055a...0x055f, 0x0589...0x058f, 0x05be, 0x05c0, 0x05c3, 0x05f3...0x05f4: true
    case 0x0600...0x060f, 0x061b...0x061f, 0x066a...0x066d, 0x06d4, 0x0964...0x0965, 0x0e3f, 0x0e4f...0x0e5b: true
    case 0x104a...0x104f, 0x17d4...0x17db: true
    case 0x2e00...0x2e7f, 0x3000...0x3004, 0x3008...0x3040, 0x3099...0x309c, 0x30a0, 0x30fb: true
    case 0xd800...0xf8ff, 0xfd3e...0xfd3f, 0xfe00...0xfe6f, 0xfeff...0xff20, 0xff3b...0xff40: true
    case 0xff5b...0xff65, 0xffe0...0xffff, 0x1f000...0x1fbff, 0xe0000...0x10ffff: true
    default: false
    }
  }
}
