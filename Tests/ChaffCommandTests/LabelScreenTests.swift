import Chaff
import Testing

@testable import ChaffCommand

struct LabelScreenTests {
  private let labels = LabelSet(["content/body", "navigation/menu"].compactMap { Label($0) })

  private func session(_ texts: [String]) throws -> LabelSession {
    let proposal = try #require(labels.labels.last)
    let rows = texts.map { LabelPage.Row(text: Array($0.utf8), proposal: proposal, probability: 0.634) }
    return LabelSession(pages: [LabelPage(name: "page.txt", rows: rows)], labels: labels.labels, order: .page)
  }

  /// What stands on the screen: the frame without control sequences.
  private func lines(_ session: LabelSession, rows: Int = 24, columns: Int = 80) -> [String] {
    let screen = LabelScreen(labels: labels, wantsColour: true)
    var text = String(decoding: screen.frame(session, output: "mine.tsv", rows: rows, columns: columns), as: UTF8.self)
    text.replace(/\u{1b}\[[0-9;]*[A-Za-z]/, with: "")
    return text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func everyLineFits() throws {
    let texts = (0..<60).map { "Line \($0): " + String(repeating: "wide 漢字 e\u{301} ", count: 20) }
    for (rows, columns) in [(24, 80), (12, 40), (50, 200), (3, 10)] {
      let lines = lines(try session(texts), rows: rows, columns: columns)
      #expect(lines.count == max(12, rows))
      for line in lines {
        #expect(line.unicodeScalars.reduce(0) { $0 + TerminalText.width($1) } <= max(40, columns), "\(line)")
      }
    }
  }

  @Test func whatIsShown() throws {
    var session = try session(["Home", "Subscribe now"])
    let before = lines(session)
    #expect(before[0].hasPrefix("page.txt (1/1)  0/2 lines, 0/2 in all  in order  > mine.tsv"))
    #expect(
      before.contains {
        $0.hasPrefix(" ?navigation/menu          63%  Home") || $0.hasPrefix(">?navigation/menu          63%  Home")
      })
    #expect(
      before.contains { $0.hasPrefix("1 content/body") && $0.contains("2 navigation/menu") && $0.contains("s skip") })
    #expect(before.contains { $0.contains("Enter proposal") && $0.contains("q quit") })
    _ = session.handle(.home)
    _ = session.handle(.character("1"))
    let after = lines(session)
    #expect(after.contains { $0.hasPrefix(" *content/body                  Home") })
    #expect(after[0].contains("1/2 lines"))
    _ = session.handle(.character("/"))
    _ = session.handle(.character("x"))
    #expect(lines(session).last?.hasPrefix("/x_") == true)
  }

  @Test func theCursorStaysOnTheScreen() throws {
    var session = try session((0..<100).map { "Line \($0)." })
    for key in [LabelKey.home, .end, .pageUp, .up] {
      _ = session.handle(key)
      let marked = lines(session).filter { $0.hasPrefix(">") }
      #expect(marked.count == 1)
      #expect(marked.first?.contains("Line \(session.line).") == true)
    }
  }

  @Test func textCannotSteerTheTerminal() throws {
    let screen = LabelScreen(labels: labels, wantsColour: false)
    let session = try session(["a\u{1b}[2Jb\u{9b}c\u{202e}d"])
    let frame = String(decoding: screen.frame(session, output: "o", rows: 24, columns: 80), as: UTF8.self)
    #expect(!frame.contains("\u{1b}[2J"))
    #expect(!frame.contains("\u{9b}"))
    #expect(!frame.contains("\u{202e}"))
  }

  @Test func widths() {
    #expect(TerminalText.fitted("abc", 5) == "abc  ")
    #expect(TerminalText.fitted("abcdef", 5) == "abcd~")
    #expect(TerminalText.fitted("漢字漢", 5) == "漢字~")
    #expect(TerminalText.fitted("e\u{301}x", 2) == "e\u{301}x")
    #expect(TerminalText.wrapped("abcdef", 4, lines: 2) == ["abcd", "ef  "])
    #expect(TerminalText.wrapped("abcdefghij", 4, lines: 2) == ["abcd", "efg~"])
    #expect(TerminalText.wrapped("", 3, lines: 2) == ["   ", "   "])
  }
}
