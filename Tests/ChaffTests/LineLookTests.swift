import ChaffChecks
import Testing

@testable import Chaff

struct LineLookTests {
  @Test func `A line of nothing is blank and has no words`() {
    let look = LineLook()
    #expect(look.wordCount == 0 && look.isBlank && !look.endsSentence)
    #expect(RecordingSink.look("") == look)
  }

  @Test func `A headline has words, and a stop behind the last`() {
    let look = RecordingSink.look("Mayor of BATH quits, 3 days on: \"I am tired.\"")
    #expect(look.wordCount == 10 && look.endsSentence && !look.isBlank)
  }

  @Test(
    arguments: [
      ("Home", 1), ("Home News", 2), ("HomeNews", 2), ("HomeNewsSport", 3), ("BBCnews", 1), ("10:30", 2), ("9am", 2),
      ("don't", 2), ("中文", 2), ("...", 0), (" ", 0), ("\u{a0}", 0), ("news\u{ad}letter", 1),
      (String(repeating: "a ", count: 300), 300),
    ])
  func `Words are counted, joined ones each`(_ text: String, _ words: Int) {
    #expect(RecordingSink.look(text).wordCount == words)
  }

  @Test(
    arguments: [
      ("One. Two. Three", false), ("One. Two. Three.", true), ("No stop", false), ("Is it? Yes! Go.", true),
      ("example.com", false), ("3.5 per cent", false), ("He said \"no.\" She left.", true), ("Wait ... what", false),
      ("(All of it.)", true), ("", false), ("...", true), (". ", true), (". a", false), ("\"a. 1\"", false),
      ("“Go!”", true), ("wait…what", false), ("wait…", true), ("wait… \u{3000}”", true), ("什么？什么", false),
      ("什么？ 什么。", true), ("Go. \u{ad}", true), ("Go.\u{301}", false),
    ])
  func `A line ends as a sentence does with a stop behind its last word`(_ text: String, _ ends: Bool) {
    #expect(RecordingSink.look(text).endsSentence == ends)
  }

  @Test(arguments: ["", " ", "\t \t", "\r", "\u{b}\u{c}\r\n"])
  func `ASCII white space is a blank row`(_ text: String) {
    #expect(RecordingSink.look(text) == LineLook())
  }

  @Test(arguments: ["\u{a0}", "\u{3000}", "\u{ad}", "\u{200b}", "\u{feff}", "\u{85}", ".", "a", "1", "中", "\0"])
  func `Anything else is not`(_ text: String) {
    #expect(!RecordingSink.look(text).isBlank)
    #expect(!RecordingSink.look(" \t" + text + "\r").isBlank)
  }
}
