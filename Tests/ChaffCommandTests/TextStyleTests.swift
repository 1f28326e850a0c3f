import Testing

@testable import ChaffCommand

struct TextStyleTests {
  private let plain = TextStyle(width: 50, isColoured: false)

  @Test func paintsOnlyWithColours() {
    #expect(plain.paint("a", "35") == "a" && plain.bold("a") == "a")
    let coloured = TextStyle(width: 50, isColoured: true)
    #expect(coloured.paint("a", "35") == "\u{1b}[35ma\u{1b}[0m" && coloured.paint("a", "") == "a")
    #expect(coloured.paint("", "35").isEmpty)
  }

  @Test func clips() {
    #expect(TextStyle.clip("abcdef", 6) == "abcdef" && TextStyle.clip("abcdef", 4) == "abc…")
    #expect(TextStyle.clip("abc", 0) == "…")
    // By columns: wide letters take two, marks none, and no character is cut in two.
    #expect(TextStyle.clip("漢字新聞", 8) == "漢字新聞" && TextStyle.clip("漢字新聞", 7) == "漢字新…")
    #expect(TextStyle.clip("漢字新聞", 6) == "漢字…" && TextStyle.clip("e\u{301}e\u{301}", 2) == "e\u{301}e\u{301}")
    #expect(TextStyle.clip("ae\u{301}bc", 3) == "ae\u{301}…")
  }

  @Test func wrapsWordsWhole() {
    let lines = plain.wrapped(Array(repeating: "seventeen letters", count: 5), indent: 4)
    #expect(lines.count == 3 && lines.allSatisfy { $0.count <= 46 })
    #expect(lines.joined(separator: "  ") == Array(repeating: "seventeen letters", count: 5).joined(separator: "  "))
    #expect(plain.wrapped([], indent: 0).isEmpty)
    let wide = plain.wrapped(Array(repeating: "新聞を購読", count: 6), indent: 0)
    #expect(wide.map(TerminalText.width) == [46, 22])
    // One that is wider than a line is cut.
    let long = plain.wrapped(["a", String(repeating: "漢", count: 40), "b"], indent: 10)
    #expect(long.count == 3 && TerminalText.width(long[1]) == 39 && long[1].hasSuffix("…"))
  }

  @Test func neverNarrowerThanCanBeLaidOut() { #expect(TextStyle(width: 3, isColoured: false).width == 40) }
}
