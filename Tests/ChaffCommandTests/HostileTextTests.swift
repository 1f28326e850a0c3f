import Foundation
import Testing

/// Text that nobody should send, and somebody will.
@Suite struct HostileTextTests {
  static let texts: [(name: String, bytes: [UInt8])] = [
    ("nothing", []),
    ("a line feed", [0x0a]),
    ("no line end", Array("Home".utf8)),
    ("zeros", [0, 0, 0x0a, 0x61, 0, 0x62, 0x0a]),
    ("byte-order marks", [0xef, 0xbb, 0xbf] + Array("Home\n".utf8) + [0xef, 0xbb, 0xbf, 0x0a]),
    ("every byte", Array(0...255)),
    ("every byte, a line each", (0...255).flatMap { [UInt8($0), 0x0a] }),
    ("overlong forms", [0xc0, 0xaf, 0x0a, 0xe0, 0x80, 0xaf, 0x0a, 0xf0, 0x80, 0x80, 0xaf, 0x0a, 0xc1, 0xbf]),
    ("surrogates", [0xed, 0xa0, 0x80, 0x0a, 0xed, 0xbf, 0xbf, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0x0a]),
    ("truncated scalars", [0xe2, 0x82, 0x0a, 0xf0, 0x9f, 0x98, 0x0a, 0xc3, 0x0a, 0xf0]),
    ("beyond Unicode", [0xf4, 0x90, 0x80, 0x80, 0x0a, 0xf8, 0x88, 0x80, 0x80, 0x80, 0x0a, 0xff, 0xfe, 0xfd]),
    ("CRLF and CR", Array("a\r\nb\r\r\n\r\nc\rd\n\r".utf8)),
    ("line ends of Unicode", Array("one\u{2028}two\u{2029}three\u{85}four\u{b}five\u{c}six\n".utf8)),
    ("bidirectional controls", Array("\u{202e}evil\u{202c} \u{2066}x\u{2069} \u{61c}\u{200f}\n".utf8)),
    (
      "terminal codes",
      Array("\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{1b}[31mred\n".utf8) + [0x9b, 0x33, 0x31, 0x6d, 0x0a]
    ),
    ("markup", Array("<script>alert('1' & \"2\")</script>\n--><!--\n]]>\n".utf8)),
    ("marks without end", Array("e".utf8) + Array(repeating: [0xcc, 0x81], count: 20_000).flatMap { $0 } + [0x0a]),
    ("joiners without end", Array(repeating: Array("\u{200d}".utf8), count: 20_000).flatMap { $0 } + [0x0a]),
    ("a word without end", Array(repeating: 0x78, count: 300_000)),
    ("words without end", Array(repeating: Array("ab ".utf8), count: 100_000).flatMap { $0 }),
    ("capitals that join", Array(repeating: Array("aB".utf8), count: 50_000).flatMap { $0 }),
    ("digits without end", Array(repeating: 0x39, count: 100_000)),
    ("spaces of all kinds", Array(" \t\u{b}\u{c}\u{a0}\u{3000}\u{200b}\n\t\n \u{2003}\n".utf8)),
    ("blank lines", Array(repeating: 0x0a, count: 100_000)),
    ("more spaces than a line is judged by, then a word", Array(repeating: 0x20, count: 70_000) + Array("a\nb\n".utf8)),
    (
      "line ends about where lines are cut and blocks end",
      [65_535, 65_536, 65_537, 131_070, 131_071, 131_072].flatMap { count in
        [UInt8](repeating: 0x78, count: count) + [0x0d, 0x0a, 0x61, 0x0d, 0x0a]
      }
    ),
    ("lines of one letter", Array(repeating: [0x61, 0x0a], count: 20_000).flatMap { $0 }),
  ]

  /// Lines as `classify` counts them, without their ends.
  private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map { Array($0) }
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    // A carriage return is part of the line end only before a line feed.
    let complete = bytes.last == 0x0a ? lines.count : lines.count - 1
    for index in lines.indices.prefix(max(0, complete)) where lines[index].last == 0x0d { lines[index].removeLast() }
    return lines
  }

  /// Tests are told the number of a text: writing its bytes out would take longer than the test.
  @Test(arguments: texts.indices)
  func oneRowOutForEachRowIn(_ number: Int) throws {
    let bytes = Self.texts[number].bytes
    let result = try ChaffProcess(["classify", "--format", "tsv"], bytes: bytes)
    #expect(result.code == 0)
    #expect(result.messages.isEmpty)
    let rows = result.outputBytes.split(separator: 0x0a, omittingEmptySubsequences: false).dropLast()
    let lines = Self.lines(bytes)
    #expect(rows.count == lines.count)
    for (row, line) in zip(rows, lines) where !row.isEmpty {
      // label, probability and the line, byte for byte.
      let text = row.split(separator: 0x09, maxSplits: 2, omittingEmptySubsequences: false).last ?? []
      #expect(text.elementsEqual(line), "the text is not changed")
    }
  }

  @Test(arguments: texts.indices)
  func cleanKeepsBytes(_ number: Int) throws {
    let bytes = Self.texts[number].bytes
    let all = try ChaffProcess(["clean", "--threshold", "0"], bytes: bytes)
    #expect(all.code == 0)
    #expect(all.outputBytes == bytes, "what is kept is kept to the byte")
    let some = try ChaffProcess(["clean", "--aggressive"], bytes: bytes)
    #expect(some.code == 0)
    var rest = Self.lines(bytes)[...]
    for line in Self.lines(some.outputBytes) where !line.isEmpty {
      let place = rest.firstIndex(of: line)
      #expect(place != nil, "a kept line is one of the page's, in order")
      rest = rest[((place ?? rest.endIndex - 1) + 1)...]
    }
  }

  @Test(arguments: texts.indices)
  func jsonAndHTMLAreSound(_ number: Int) throws {
    let bytes = Self.texts[number].bytes
    let json = try ChaffProcess(["classify", "--format", "jsonl"], bytes: bytes)
    #expect(json.code == 0)
    let object = try #require(JSONSerialization.jsonObject(with: Data(json.outputBytes)) as? [String: Any])
    let chaff = try #require(object["chaff"] as? [String: Any])
    #expect((chaff["lines"] as? [Any])?.count == Self.lines(bytes).count)
    let html = try ChaffProcess(["classify", "--format", "html"], bytes: bytes)
    #expect(html.code == 0)
    let page = try #require(String(validating: html.outputBytes, as: UTF8.self), "UTF-8 whatever came in")
    let scalars = page.unicodeScalars
    #expect(scalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    #expect(
      !scalars.contains {
        (0x7f..<0xa0).contains($0.value) || (0x202a...0x202e).contains($0.value) || $0.value == 0x61c
      })
    #expect(!page.contains("<script"))
    #expect(page.components(separatedBy: "<p class=").count - 1 == Self.lines(bytes).count)
  }

  /// Nothing of a stranger's reaches a terminal that could steer it: only our own colours do.
  @Test(arguments: texts.indices)
  func colouredRowsCannotSteerATerminal(_ number: Int) throws {
    let bytes = Self.texts[number].bytes
    for more in [[], ["--reasons", "2"]] {
      let result = try ChaffProcess(["classify", "--color", "always"] + more, bytes: bytes)
      #expect(result.code == 0)
      let page = try #require(String(validating: result.outputBytes, as: UTF8.self), "UTF-8 whatever came in")
      let text = page.replacing(/\u{1b}\[[0-9;]*m/, with: "")
      let steering = text.unicodeScalars.filter { scalar in
        let value = scalar.value
        return (value < 0x20 && scalar != "\n") || (0x7f..<0xa0).contains(value) || (0x202a...0x202e).contains(value)
          || (0x2066...0x2069).contains(value) || [0x61c, 0x200e, 0x200f, 0x2028, 0x2029].contains(value)
      }
      #expect(steering.isEmpty, "\(steering.map(\.value).prefix(10))")
      if more.isEmpty { #expect(text.unicodeScalars.count { $0 == "\n" } == Self.lines(bytes).count) }
    }
  }

  static let utf16: [(name: String, bytes: [UInt8])] = [
    ("with its mark", [0xff, 0xfe] + "Home\nNews\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
    ("with its mark, big-endian", [0xfe, 0xff] + "Home\nNews\n".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }),
    ("without", "Home and News\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
    ("without, big-endian", "Home and News\n".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }),
  ]

  @Test(arguments: utf16)
  func saysThatItIsUTF16(_ name: String, _ bytes: [UInt8]) throws {
    for verb in [["classify"], ["clean"], ["classify", "--input", "jsonl"], ["classify", "--format", "jsonl"]] {
      let result = try ChaffProcess(verb, bytes: bytes)
      #expect(result.code == 65)
      #expect(result.messages == "chaff: standard input:1: this is UTF-16; convert it to UTF-8\n")
      #expect(result.outputBytes.isEmpty)
    }
    let files = try Scratch()
    let (bad, good) = (try files.write("bad.txt", bytes), try files.write("good.txt", "Home\n"))
    let skipped = try ChaffProcess(["classify", "--on-error", "skip", bad.path, good.path])
    #expect(skipped.code == 65)
    #expect(skipped.rows.count == 1)
    let passed = try ChaffProcess(["classify", "--on-error", "pass"], bytes: bytes)
    #expect(passed.code == 0)
    #expect(passed.rows.count == Self.lines(bytes).count)
  }

  /// Files of few bytes, or with zeros here and there, are not taken for UTF-16.
  @Test(
    arguments: [
      [0], [0x61, 0], [0, 0, 0, 0], Array(repeating: 0, count: 100), [0xff], [0xfe, 0xfe], [0xef, 0xbb, 0xbf],
    ] as [[UInt8]])
  func takesOtherBytesAsTheyAre(_ bytes: [UInt8]) throws {
    #expect(try ChaffProcess(["classify"], bytes: bytes).code == 0)
  }

  @Test func messagesCannotSteerATerminal() throws {
    let name = "\u{1b}[31m\u{202e}\u{9b}"
    for words in [
      ["classify", name], [name], ["classify", "--\(name)"], ["inspect", name], ["train", name, "--output", "x"],
    ] {
      let result = try ChaffProcess(words)
      #expect(result.code != 0)
      #expect(result.messages.hasSuffix("\n"))
      #expect(
        result.messages.dropLast().unicodeScalars.allSatisfy {
          $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) && $0.value != 0x202e
        })
    }
  }
}
