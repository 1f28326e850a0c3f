import Chaff
import Testing

struct LabelSetTests {
  private func set(_ paths: [String]) throws -> LabelSet { LabelSet(try paths.map { try #require(Label($0)) }) }

  @Test func `Labels are sorted, once each, and fall into categories`() throws {
    let labels = try set(["nav/menu", "content/body", "nav/footer", "content/headline", "ad", "content/body"])
    #expect(labels.labels.map(\.path) == ["ad", "content/body", "content/headline", "nav/footer", "nav/menu"])
    #expect(labels.categories == ["ad", "content", "nav"])
    #expect(labels.categoryOfLabel == [0, 1, 1, 2, 2])
    #expect(labels.count == 5)
  }

  @Test func `Labels of one category are neighbours`() throws {
    let labels = try set(["news", "news-x", "news/a"])
    #expect(labels.labels.map(\.path) == ["news", "news/a", "news-x"])
    #expect(labels.categories == ["news", "news-x"])
    #expect(labels.categoryOfLabel == [0, 0, 1])
    // Bytes below that of the slash: ! # + , - .
    let more = try set(["a", "a!", "a!/x", "a#", "a+/y", "a,", "a-/z", "a-", "a.", "a/x", "a/y", "a0/x"])
    #expect(more.categories == ["a", "a!", "a#", "a+", "a,", "a-", "a.", "a0"])
    for (label, category) in zip(more.labels, more.categoryOfLabel) {
      #expect(label.category == more.categories[category])
      #expect(more.index(of: label).map { more.labels[$0] } == label)
    }
  }

  @Test func `Categories that look alike but differ in bytes are two`() throws {
    let labels = try set(["cafe\u{301}/x", "caf\u{e9}/x"])
    #expect(labels.categories.count == 2)
    #expect(labels.categoryOfLabel == [0, 1])
    #expect(labels.members(of: ["caf\u{e9}"]) == [false, true])
    #expect(labels.members(of: ["cafe\u{301}/x"]) == [true, false])
  }

  @Test func `The order of the labels makes no difference`() throws {
    let paths = ["a", "a/b", "b/c", "b/d", "é"]
    #expect(try set(paths) == set(paths.reversed()))
  }

  @Test func `Every label is found, and no other`() throws {
    let labels = try set((0..<50).map { "kind\($0 % 7)/number\($0)" })
    for (number, label) in labels.labels.enumerated() { #expect(labels.index(of: label) == number) }
    for path in ["a", "kind0", "kind3/number3x", "z"] { #expect(labels.index(of: try #require(Label(path))) == nil) }
    #expect(LabelSet([]).index(of: try #require(Label("a"))) == nil)
  }

  @Test func `Categories are found by their bytes`() throws {
    let labels = try set(["ad", "caf\u{e9}/x", "nav/menu"])
    #expect(labels.categoryIndex("nav") == 2)
    #expect(labels.categoryIndex("caf\u{e9}") == 1)
    #expect(labels.categoryIndex("cafe\u{301}") == nil)
    #expect(labels.categoryIndex("nav/menu") == nil)
  }
}
