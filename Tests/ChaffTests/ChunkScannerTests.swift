import CLanes
import ChaffChecks
import ChaffTraining
import Testing

@testable import Chaff

/// Scanning many lines at once must find what scanning each by its bytes finds.
struct ChunkScannerTests {
  /// What is found of lines: the words between the marks, and the look.
  private struct Found: Equatable {
    var words: [[UInt64]] = []
    var looks: [[String]] = []
    var isBlank: [Bool] = []
  }

  private func atOnce(_ text: [UInt8], origin: Int = 0) -> Found {
    let scanner = ChunkScanner()
    return scan(text, with: scanner, origin: origin)
  }

  private func scan(_ text: [UInt8], with scanner: ChunkScanner, origin: Int = 0) -> Found {
    let feeds = text.indices.filter { text[$0] == 0x0a }.map { UInt32($0 + origin) }
    var found = Found()
    // Letters behind the text must not be taken for part of it.
    (text + [UInt8](repeating: 0x41, count: ChunkScanner.padding)).withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      feeds.withUnsafeBufferPointer { scanner.scan(base, feeds: $0, origin: origin) }
    }
    for index in 0..<scanner.lineCount {
      let line = scanner.lines[index]
      #expect(scanner.words[line.firstWord - 1] == FeatureHash.lineMark)
      #expect(scanner.words[line.firstWord + line.wordCount] == FeatureHash.lineMark)
      // The words are the list of this number: so many lists have ended before.
      let flags = (1..<line.firstWord + line.wordCount + 1).map { scanner.flags[$0] }
      #expect(flags.last == FeatureSums.listEnd && flags.dropLast(line.wordCount + 1).last ?? 3 == FeatureSums.listEnd)
      #expect(flags.filter { $0 != 0 }.count == Int(line.wordList) + 1)
      found.words.append((0..<line.wordCount).map { scanner.words[line.firstWord + $0] })
      found.looks.append(line.look.summary + ["addresses \(line.look.addresses)"])
      found.isBlank.append(line.look.isBlank)
    }
    return found
  }

  private func lineByLine(_ text: [UInt8]) -> Found {
    var found = Found()
    text.withUnsafeBufferPointer { bytes in
      LineSplitter.forEachLine(bytes) { range in
        let (sink, look) = RecordingSink.scan(Array(bytes[range]))
        found.words.append(sink.words)
        // Blank or not is all that matters of a line on which nothing is seen.
        var shown = look
        if look.first == 255 { shown.isWide = false }
        found.looks.append(shown.summary + ["addresses \(look.addresses)"])
        found.isBlank.append(look.isBlank)
      }
    }
    return found
  }

  /// On every processor.
  private func compare(_ text: [UInt8], _ location: SourceLocation = #_sourceLocation) {
    let expected = lineByLine(text)
    for bits in [128, 256, 512] as [Int32] {
      chaff_limit_vectors(bits)
      compare(atOnce(text), expected, text, location)
    }
  }

  private func compare(_ found: Found, _ expected: Found, _ text: [UInt8], _ location: SourceLocation) {
    guard found.words != expected.words || found.isBlank != expected.isBlank || !sameLooks(found, expected) else {
      return
    }
    for index in expected.words.indices where index < found.words.count {
      let line = String(decoding: text.split(separator: 0x0a, omittingEmptySubsequences: false)[index], as: UTF8.self)
      #expect(found.words[index] == expected.words[index], "\(line)", sourceLocation: location)
      let differences = zip(found.looks[index], expected.looks[index]).filter { $0 != $1 && !$0.hasPrefix("wide") }
      #expect(differences.isEmpty, "\(line.debugDescription): \(differences)", sourceLocation: location)
      #expect(found.isBlank[index] == expected.isBlank[index], "\(line.debugDescription)", sourceLocation: location)
    }
    #expect(found.words.count == expected.words.count, sourceLocation: location)
  }

  private func sameLooks(_ found: Found, _ expected: Found) -> Bool {
    // Whether a line that is seen has bytes beyond ASCII, no feature asks.
    zip(found.looks, expected.looks).allSatisfy { zip($0, $1).allSatisfy { $0 == $1 || $0.hasPrefix("wide") } }
  }

  private static let pieces: [[UInt8]] =
    ([
      "a", "of", "news", "Home", "News", "SPORT", "I", "0", "7", "12", "1999", "2024", "12345", " ", " ", "  ", "\n",
      "\n",
      "\r\n", "\r", "\t", "\u{b}", ".", ",", ":", ": ", "!", "?", "-", "'", "\"", "(", "|", "/", "//", "@", "$", "*",
      "%",
      "\0", "\u{7f}", "abcdefgh", "abcdefghi", "internationalisation", "ABCDEFGHIJKLMNOPQ", "10:30", "9 :5", "é", "Éa",
      "ñandú", "привет", "中文", "。", "：", "\u{3000}", "\u{a0}", "\u{ad}", "😀", "“", "”", "’", "—", "…", "€", "£", "©",
      "•",
      "→", "»", "ς",
    ] as [String]).map { Array($0.utf8) } + [[0xff], [0xc3], [0xe2, 0x80], [0xed, 0xa0, 0x80], [0xbf]]

  @Test(arguments: 0..<30)
  func `Random texts are scanned as their lines are one by one`(_ seed: UInt64) {
    for text in RandomTexts.made(of: Self.pieces, seed: seed, of: 300) { compare(text) }
  }

  @Test(arguments: [UInt8(0x7f), 0xff])
  func `Random bytes do as well`(_ largest: UInt8) {
    for text in RandomTexts.bytes(upTo: largest, seed: 331) { compare(text) }
  }

  @Test(arguments: 0...130)
  func `What stands at the border of two blocks is one`(_ offset: Int) {
    let space = [UInt8](repeating: 0x20, count: offset)
    for text in ["word", "Sign Up", "aB", "BBC", "12:30", "a. B", "“quoted”", "x…\nY", "\u{a0}", "\n", "http://a", "é"]
    {
      compare(space + Array(text.utf8) + [0x0a] + space + Array(text.utf8) + [0x0a])
    }
  }

  @Test(arguments: ["a ", "A", "1a", "aB", ". ", "é ", "中", "“", "\n", "\u{a0}", ": 1", "!"])
  func `Long lines of one thing do as well`(_ piece: String) {
    compare(Array(String(repeating: piece, count: 20_000 / piece.utf8.count).utf8) + [0x0a])
  }

  @Test func `A scanner that is used again remembers nothing`() {
    let scanner = ChunkScanner()
    let texts = ["é\u{ad}", "One. Two\n\n3 “four”\n", String(repeating: "long ", count: 5000) + "\n", "a\n"]
    for text in texts + texts.reversed() {
      let bytes = Array(text.utf8) + [0x0a]
      #expect(scan(bytes, with: scanner) == atOnce(bytes))
    }
  }

  @Test func `Where the text begins in a larger one makes no difference`() {
    let text = Array("One line.\nAnd “another”\n".utf8)
    #expect(atOnce(text, origin: 1000) == atOnce(text))
  }

  @Test func `No lines are nothing`() {
    let scanner = ChunkScanner()
    #expect(scan([], with: scanner) == Found())
    #expect(scanner.lineCount == 0 && scanner.wordEnd == 0)
  }
}
