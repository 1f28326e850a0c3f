import Chaff
import ChaffChecks
import Testing

struct LineLookTests {
  @Test func `A headline is counted`() {
    let look = RecordingSink.look("Mayor of BATH quits, 3 days on: \"I am tired.\"")
    #expect(look.wordCount == 10 && look.letterWords == 9)
    #expect(look.capitalisedWords == 3, "Mayor, BATH and I")
    #expect(look.shoutedWords == 1, "I is one letter")
    #expect(look.wordBytes == 31 && look.digitCount == 1)
    #expect(look.count(.comma) == 1 && look.count(.colon) == 1 && look.count(.quote) == 2 && look.count(.stop) == 1)
    #expect(look.first == ByteClass.upper && look.last == 16 + LineLook.Mark.quote.rawValue)
    #expect(look.endsSentence)
    #expect(!look.isWide && !look.isBlank)
  }

  @Test(
    arguments: [
      ("One. Two. Three", 2, false), ("One. Two. Three.", 2, true), ("No stop", 0, false), ("Is it? Yes! Go.", 2, true),
      ("example.com", 0, false), ("3.5 per cent", 0, false), ("He said \"no.\" She left.", 1, true),
      ("Wait ... what", 1, false), ("(All of it.)", 0, true), ("", 0, false), ("...", 0, true),
      // The gap begins where the mark ends, however many bytes it has.
      ("wait…what", 0, false), ("wait… what", 1, false), ("wait…", 0, true), ("什么？什么", 0, false),
      ("什么？ 什么。", 1, true),
    ])
  func `A sentence ends with a stop, a gap and a word`(_ text: String, _ sentences: Int, _ ends: Bool) {
    let look = RecordingSink.look(text)
    #expect(look.sentences == sentences && look.endsSentence == ends)
  }

  @Test(
    arguments: [
      ("12:30", 1), ("at 9:05 and 10:15", 2), ("12: 30", 0), ("score:30", 0), (":30", 0), ("12:pm", 0), ("1:2:3", 2),
    ])
  func `A colon between digits makes a time`(_ text: String, _ times: Int) {
    #expect(RecordingSink.look(text).times == times)
  }

  @Test(
    arguments: [
      (".", .stop), ("?", .question), ("!", .exclamation), (",", .comma), (";", .comma), (":", .colon), ("\"", .quote),
      ("'", .apostrophe), ("`", .apostrophe), ("(", .bracket), ("]", .bracket), ("}", .bracket), ("|", .bar),
      (">", .arrow), ("*", .bullet), ("-", .dash), ("/", .slash), ("\\", .slash), ("$", .currency), ("%", .other),
      ("\0", .other), ("\u{7f}", .other), ("。", .stop), ("؟", .question), ("¡", .exclamation), ("、", .comma),
      ("：", .colon), ("“", .quote), ("’", .apostrophe), ("→", .arrow), ("»", .arrow), ("•", .bullet), ("—", .dash),
      ("€", .currency), ("£", .currency), ("₹", .currency), ("฿", .currency), ("©", .copyright), ("™", .other),
      ("😀", .other),
    ] as [(String, LineLook.Mark)])
  func `Each mark is counted as its kind`(_ text: String, _ mark: LineLook.Mark) {
    let look = RecordingSink.look(text)
    for other in LineLook.Mark.allCases { #expect(look.count(other) == (other == mark ? 1 : 0)) }
    #expect(look.first == 16 + mark.rawValue && look.last == 16 + mark.rawValue)
    #expect(!look.isBlank)
  }

  @Test(
    arguments: [
      ("I", 0), ("É", 0), ("É. Ž, Ж", 0), ("ÉÉ", 1), ("Éa", 0), ("ÉA", 1), ("ÉTÉ", 1), ("A É BC", 1), ("𐐀", 0),
      ("Ａ", 0),
      ("𐐀𐐁", 1),
    ])
  func `A lone capital is not shouted, of however many bytes`(_ text: String, _ shouted: Int) {
    #expect(RecordingSink.look(text).shoutedWords == shouted)
  }

  @Test func `Marks are counted to 255`() {
    #expect(RecordingSink.look(String(repeating: "!", count: 255)).count(.exclamation) == 255)
    #expect(RecordingSink.look(String(repeating: "!", count: 1000)).count(.exclamation) == 255)
  }

  @Test(arguments: ["", " ", "\t \t", "\r", "\u{b}\u{c}\r\n"])
  func `ASCII white space is a blank row`(_ text: String) {
    #expect(RecordingSink.look(text).isBlank)
  }

  @Test(arguments: ["\u{a0}", "\u{3000}", "\u{ad}", "\u{200b}", ".", "a", "\0"])
  func `Anything else is not`(_ text: String) {
    #expect(!RecordingSink.look(text).isBlank)
  }
}
