import Chaff
import Testing

struct LabelTests {
  @Test(arguments: [
    "a", "content", "content/body", "a/b/c", "été/Größe", "中文", "a-b_c.d", "می\u{200c}خوانم",
    String(repeating: "x", count: 100),
  ])
  func `Paths are labels`(_ path: String) throws {
    let label = try #require(Label(path))
    #expect(label.path == path && label.description == path)
  }

  @Test(
    arguments: [
      "", "/", "/a", "a/", "a//b", "a b", "a\tb", "a\n", "\0", "a\u{7f}", "a\u{85}", "a\u{a0}b",
      "a\u{1680}b", "a\u{2000}b", "a\u{2009}b", "a\u{200a}", "\u{2028}a", "a\u{2029}b", "a\u{202f}b", "a\u{205f}b",
      "a\u{ad}", "a\u{61c}b", "\u{180e}a", "a\u{200b}", "a\u{2060}", "\u{206a}a", "\u{feff}a",
      "a/\u{3000}", "/\u{301}", "a//\u{301}",
      String(repeating: "x", count: 101), String(repeating: "é", count: 51),
    ])
  func `What is empty in part, long or invisible is no label`(_ path: String) {
    #expect(Label(path) == nil)
  }

  @Test func `The category is what comes before the first slash`() throws {
    #expect(try #require(Label("registration/paywall/hard")).category == "registration")
    #expect(try #require(Label("content")).category == "content")
  }

  @Test func `No scalar that is white space to Unicode is part of a label`() {
    for scalar in (0...0x10ffff).compactMap(Unicode.Scalar.init) where scalar.properties.isWhitespace {
      #expect(Label("a\(Character(scalar))b") == nil, "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test func `The slash is found by its byte`() throws {
    // To Swift a slash and an accent are one character.
    #expect(try #require(Label("nav/\u{301}x")).category == "nav")
    #expect(try #require(Label("caf\u{e9}/x")).category.utf8.elementsEqual("caf\u{e9}".utf8))
    #expect(try #require(Label("cafe\u{301}/x")).category.utf8.elementsEqual("cafe\u{301}".utf8))
  }

  @Test func `Labels are ordered by bytes, the slash before all others`() throws {
    let paths = ["Z", "a", "a/b", "a/é", "a!", "a!/b", "a-", "a-b", "a.b", "a0", "b", "é"]
    let labels = try paths.map { try #require(Label($0)) }
    #expect(labels.reversed().sorted().map(\.path) == paths)
  }

  @Test func `Labels that look alike but differ in bytes are two`() throws {
    let composed = try #require(Label("\u{e9}"))
    let decomposed = try #require(Label("e\u{301}"))
    #expect(composed.path == decomposed.path, "Swift thinks them equal")
    #expect(composed != decomposed)
    #expect(decomposed < composed)
    #expect(Set([composed, decomposed, composed]).count == 2)
  }
}
