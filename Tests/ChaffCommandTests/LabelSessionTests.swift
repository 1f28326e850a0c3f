import Chaff
import ChaffTraining
import Testing

@testable import ChaffCommand

/// The annotator's state machine, key by key.
struct LabelSessionTests {
  private let labels = ["content/body", "navigation/menu", "registration/paywall"].compactMap { Label($0) }

  private func page(_ name: String, _ probabilities: [Double]) throws -> LabelPage {
    let proposal = try #require(labels.first)
    return LabelPage(
      name: name,
      rows: probabilities.enumerated().map { index, probability in
        LabelPage.Row(text: Array("\(name) line \(index)".utf8), proposal: proposal, probability: probability)
      })
  }

  private func session(_ order: LabelSession.Order = .uncertain) throws -> LabelSession {
    LabelSession(pages: [try page("a", [0.9, 0.5, 0.7]), try page("b", [0.8, 0.6])], labels: labels, order: order)
  }

  private func keys(_ text: String) -> [LabelKey] { text.map { .character($0) } }

  private func choices(_ session: LabelSession) -> [[String]] {
    session.pages.map { $0.rows.map { $0.choice?.path ?? "" } }
  }

  @Test func leastCertainFirst() throws {
    var session = try session()
    var visited: [[Int]] = []
    for _ in 0..<5 {
      visited.append([session.page, session.line])
      #expect(session.handle(.enter) == .save)
    }
    #expect(visited == [[0, 1], [0, 2], [0, 0], [1, 1], [1, 0]])
    #expect(session.openCount == 0)
    #expect(session.message == "every line is labelled; q ends")
    #expect(choices(session).joined().allSatisfy { $0 == "content/body" })
  }

  @Test func inOrder() throws {
    var session = try session(.page)
    #expect(session.line == 0)
    _ = session.handle(.character("2"))
    #expect(session.line == 1)
    _ = session.handle(.character("s"))
    #expect(session.line == 2)
    _ = session.handle(.character("3"))
    #expect([session.page, session.line] == [1, 0])
    #expect(choices(session) == [["navigation/menu", "skip", "registration/paywall"], ["", ""]])
    _ = session.handle(.character("o"))
    #expect(session.order == .uncertain)
  }

  @Test func arrows() throws {
    var session = try session()
    for (key, page, line) in [
      (LabelKey.up, 0, 0), (.up, 0, 0), (.down, 0, 1), (.end, 0, 2), (.down, 0, 2), (.home, 0, 0), (.pageDown, 0, 2),
      (.pageUp, 0, 0), (.right, 1, 0), (.right, 1, 0), (.left, 0, 0), (.left, 0, 0), (.tab, 0, 1),
    ] {
      #expect(session.handle(key) == .none)
      #expect([session.page, session.line] == [page, line], "\(key)")
    }
  }

  @Test func aRunTakesOneLabel() throws {
    var session = try session()
    _ = session.handle(.end)
    _ = session.handle(.character("v"))
    _ = session.handle(.up)
    #expect(session.run == 1...2)
    #expect(session.handle(.character("2")) == .save)
    #expect(choices(session)[0] == ["", "navigation/menu", "navigation/menu"])
    #expect(session.runStart == nil)
    #expect(session.line == 0)
    // Escape gives the run up; turning the page too.
    _ = session.handle(.character("v"))
    _ = session.handle(.escape)
    #expect(session.runStart == nil)
    _ = session.handle(.character("v"))
    _ = session.handle(.right)
    #expect(session.runStart == nil)
  }

  @Test func undo() throws {
    var session = try session()
    #expect(session.handle(.character("u")) == .none)
    #expect(session.message == "nothing to undo")
    _ = session.handle(.character("2"))
    _ = session.handle(.home)
    _ = session.handle(.character("v"))
    _ = session.handle(.end)
    _ = session.handle(.character("3"))
    #expect(choices(session)[0] == Array(repeating: "registration/paywall", count: 3))
    #expect(session.handle(.character("u")) == .save)
    #expect(session.message == "undone, 3 lines")
    #expect(choices(session)[0] == ["", "navigation/menu", ""])
    #expect(session.handle(.character("u")) == .save)
    #expect(choices(session)[0] == ["", "", ""])
    #expect([session.page, session.line] == [0, 1])
  }

  @Test func openAgain() throws {
    var session = try session()
    _ = session.handle(.enter)
    _ = session.handle(.up)
    #expect(session.line == 1)
    #expect(session.handle(.backspace) == .save)
    #expect(session.openCount == 5)
    #expect(session.line == 1)
  }

  @Test func search() throws {
    var session = try session()
    for key in keys("/B LINE") { #expect(session.handle(key) == .none) }
    #expect(session.typing == "B LINE")
    _ = session.handle(.backspace)
    _ = session.handle(.enter)
    #expect(session.typing == nil)
    #expect([session.page, session.line] == [1, 0])
    _ = session.handle(.character("n"))
    #expect([session.page, session.line] == [1, 1])
    _ = session.handle(.character("n"))
    #expect([session.page, session.line] == [1, 0])
    for key in keys("/nowhere") { _ = session.handle(key) }
    _ = session.handle(.enter)
    #expect(session.message == "not found: nowhere")
    // Keys that are typed are text, not labels.
    #expect(session.openCount == 5)
    for key in keys("/q1") { _ = session.handle(key) }
    _ = session.handle(.escape)
    #expect(session.typing == nil)
    #expect(session.openCount == 5)
  }

  @Test func otherKeys() throws {
    var session = try session()
    #expect(session.handle(.character("4")) == .none)
    #expect(session.message == "no such key: 4")
    #expect(session.handle(.redraw) == .none)
    #expect(session.message == "")
    #expect(session.handle(.character("q")) == .quit)
    #expect(session.handle(.interrupt) == .quit)
  }

  @Test func labelKeysAreNoCommands() {
    let commands: [Character] = ["q", "u", "v", "o", "/", "n", LabelSession.skipKey]
    #expect(Set(LabelSession.labelKeys).count == LabelSession.labelKeys.count)
    #expect(Set(LabelSession.labelKeys).isDisjoint(with: commands))
  }

  /// Any keys at all: nothing traps, and undoing all of them ends where it began.
  @Test func randomKeys() throws {
    var generator = SplitMix64(seed: 80)
    let all: [LabelKey] =
      [.up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .enter, .tab, .escape, .backspace, .redraw]
      + keys("123suvon/x")
    for _ in 0..<50 {
      var session = try session()
      for _ in 0..<200 {
        guard let key = all.randomElement(using: &generator) else { continue }
        _ = session.handle(key)
        #expect(session.pages[session.page].rows.indices.contains(session.line))
        #expect(session.pages[session.page].rows.indices.contains(session.run.upperBound))
      }
      _ = session.handle(.escape)
      var undone = 0
      while session.handle(.character("u")) == .save, undone <= 200 { undone += 1 }
      #expect(session.openCount == 5)
    }
  }
}
