import Testing

@testable import ChaffCommand

struct TerminalTextTests {
  /// Unicode Standard Annex 11, and general categories Mn, Me and Cf.
  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("Я", 1), ("…", 1), ("“", 1), ("漢", 2), ("あ", 2), ("ｱ", 1), ("Ａ", 2), ("한", 2),
    ("ไ", 1), ("ก็", 1), ("😀", 2), ("✅", 2), ("⚡", 2), ("☎", 1), ("\u{200b}", 0), ("\u{feff}", 0), ("。", 2), ("〒", 2),
    ("𠀀", 2), ("\u{fffd}", 1),
  ])
  func columns(text: String, width: Int) { #expect(TerminalText.width(text) == width) }

  @Test func beginningsAreOfWholeCharacters() {
    #expect(TerminalText.prefix("abc", 5) == "abc" && TerminalText.prefix("abc", 2) == "ab")
    #expect(TerminalText.prefix("漢字", 3) == "漢" && TerminalText.prefix("漢字", 1).isEmpty)
    #expect(TerminalText.prefix("e\u{301}\u{302}x", 1) == "e\u{301}\u{302}")
    #expect(TerminalText.prefix("", 0).isEmpty)
  }
}
