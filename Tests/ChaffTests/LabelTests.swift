import Chaff
import Testing

struct LabelTests {
  @Test(arguments: [
    "a", "content", "content/body", "a/b/c", "été/Größe", "中文", "a-b_c.d", String(repeating: "x", count: 100),
  ])
  func `Paths are labels`(_ path: String) throws {
    let label = try #require(Label(path))
    #expect(label.path == path && label.description == path)
  }

  @Test(
    arguments: [
      "", "/", "/a", "a/", "a//b", "a b", "a\tb", "a\n", "\0", "a\u{7f}", "a\u{85}", "a\u{a0}b",
      String(repeating: "x", count: 101), String(repeating: "é", count: 51),
    ])
  func `What is empty in part, long or invisible is no label`(_ path: String) {
    #expect(Label(path) == nil)
  }

  @Test func `The category is what comes before the first slash`() throws {
    #expect(try #require(Label("registration/paywall/hard")).category == "registration")
    #expect(try #require(Label("content")).category == "content")
  }

  @Test func `Labels are ordered by bytes`() throws {
    let paths = ["Z", "a", "a-b", "a/b", "a/é", "b", "é"]
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
