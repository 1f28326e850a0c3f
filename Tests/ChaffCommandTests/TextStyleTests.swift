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
  }

  @Test func wrapsWordsWhole() {
    let lines = plain.wrapped(Array(repeating: "seventeen letters", count: 5), indent: 4)
    #expect(lines.count == 3 && lines.allSatisfy { $0.count <= 46 })
    #expect(lines.joined(separator: "  ") == Array(repeating: "seventeen letters", count: 5).joined(separator: "  "))
    #expect(plain.wrapped([], indent: 0).isEmpty)
  }

  @Test func neverNarrowerThanCanBeLaidOut() { #expect(TextStyle(width: 3, isColoured: false).width == 40) }
}
