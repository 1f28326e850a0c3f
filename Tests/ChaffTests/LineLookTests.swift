import ChaffChecks
import Testing

@testable import Chaff

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

  /// Spelled out, against a list that is looked through from its beginning.
  @Test func `Each symbol is what the list says`() {
    for scalar in UInt32(0x80)...0x11000 {
      #expect(LineLook.Mark(symbol: scalar) == Self.listed(scalar), "U+\(String(scalar, radix: 16))")
    }
  }

  private static func listed(_ scalar: UInt32) -> LineLook.Mark? {
    let spaces: [ClosedRange<UInt32>] = [
      0x80...0xa0, 0x1680...0x1680, 0x2000...0x200a, 0x2028...0x2029, 0x202f...0x202f, 0x205f...0x205f, 0x3000...0x3000,
      0xfe00...0xfe0f, 0xfeff...0xfeff,
    ]
    if spaces.contains(where: { $0.contains(scalar) }) { return nil }
    let marks: [(LineLook.Mark, [ClosedRange<UInt32>])] = [
      (.stop, [0x3002...0x3002, 0xff0e...0xff0e, 0x0964...0x0964, 0x06d4...0x06d4, 0x2026...0x2026]),
      (.question, [0xbf...0xbf, 0xff1f...0xff1f, 0x061f...0x061f, 0x037e...0x037e]),
      (.exclamation, [0xa1...0xa1, 0xff01...0xff01]),
      (.comma, [0x3001...0x3001, 0xff0c...0xff0c, 0x060c...0x060c, 0x061b...0x061b, 0xff1b...0xff1b]),
      (.colon, [0xff1a...0xff1a]),
      (.quote, [0x201c...0x201f, 0xab...0xab, 0x300c...0x300f]),
      (.apostrophe, [0x2018...0x201b, 0xb4...0xb4]),
      (
        .arrow,
        [
          0xbb...0xbb, 0x203a...0x203a, 0x2190...0x21ff, 0x25b6...0x25b6, 0x25b8...0x25b8, 0x25ba...0x25ba,
          0x276f...0x276f, 0x27a1...0x27a1,
        ]
      ),
      (.bullet, [0xb7...0xb7, 0x2022...0x2023, 0x25aa...0x25ae, 0x25cf...0x25cf, 0x30fb...0x30fb]),
      (.dash, [0x2010...0x2015, 0x2212...0x2212]),
      (.currency, [0xa2...0xa5, 0xe3f...0xe3f, 0x20a0...0x20cf]),
      (.copyright, [0xa9...0xa9, 0xae...0xae, 0x2117...0x2117]),
    ]
    return marks.first { $0.1.contains { $0.contains(scalar) } }?.0 ?? .other
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
