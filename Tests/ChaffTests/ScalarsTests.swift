import Chaff
import Testing

struct ScalarsTests {
  @Test(arguments: ["é", "ß", "ª", "µ", "º", "ő", "ж", "ს", "ع", "ש", "ह", "한", "\u{301}", "ⁿ"])
  func `Letters are part of a word`(_ character: String) throws {
    let scalar = try #require(character.unicodeScalars.first)
    guard case .letter(let folded) = Normalization.classify(scalar.value) else {
      Issue.record("\(character) is no letter")
      return
    }
    #expect(folded == scalar.value)
  }

  @Test(arguments: [("É", "é"), ("Ž", "ž"), ("Σ", "σ"), ("ς", "σ"), ("Ж", "ж"), ("Ａ", "ａ"), ("Ẽ", "ẽ"), ("𐐀", "𐐨")])
  func `Capitals are folded`(_ capital: String, _ small: String) throws {
    let scalar = try #require(capital.unicodeScalars.first)
    guard case .letter(let folded) = Normalization.classify(scalar.value) else {
      Issue.record("\(capital) is no letter")
      return
    }
    #expect(folded == small.unicodeScalars.first?.value)
  }

  @Test(arguments: ["中", "の", "カ", "ー", "々", "ไ", "ກ", "ខ", "မ", "ｱ", "𠮷", "豈"])
  func `Scripts without spaces have a word in each scalar`(_ character: String) throws {
    let scalar = try #require(character.unicodeScalars.first)
    guard case .ideograph = Normalization.classify(scalar.value) else {
      Issue.record("\(character) is no ideograph")
      return
    }
  }

  @Test(arguments: [0xad, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x2060] as [UInt32])
  func `Invisible scalars are skipped`(_ scalar: UInt32) {
    guard case .ignorable = Normalization.classify(scalar) else {
      Issue.record("U+\(String(scalar, radix: 16)) is not ignorable")
      return
    }
  }

  @Test(
    arguments: [
      "\u{80}", "\u{a0}", "«", "×", "÷", "“", "…", "€", "→", "☎", "、", "\u{3000}", "「", "・", "။", "។", "،", "？",
      "！", "฿", "😀", "\u{fe0f}", "\u{feff}", "\u{fffd}", "\u{e000}", "\u{e0001}", "\u{10ffff}",
    ])
  func `Anything else is a symbol`(_ character: String) throws {
    let scalar = try #require(character.unicodeScalars.first)
    guard case .symbol = Normalization.classify(scalar.value) else {
      Issue.record("U+\(String(scalar.value, radix: 16)) is no symbol")
      return
    }
  }

  @Test func `The ideographs of Unicode are ideographs or letters, never symbols`() {
    for scalar in (0x80...0x3ffff).compactMap(Unicode.Scalar.init) where scalar.properties.isIdeographic {
      // Numerals of traders, such as 〡, are no words.
      if scalar.properties.generalCategory == .letterNumber { continue }
      if case .symbol = Normalization.classify(scalar.value) {
        Issue.record("U+\(String(scalar.value, radix: 16)) is a symbol")
      }
    }
  }
}
