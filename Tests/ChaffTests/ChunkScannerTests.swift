import CLanes
import ChaffChecks
import ChaffTraining
import Testing

@testable import Chaff

/// Scanning many lines at once must find what scanning each by its bytes finds.
struct ChunkScannerTests {
  /// What is found of lines: the words between the marks, and the columns that are a ``LineLook``'s.
  private struct Found: Equatable {
    var words: [[UInt64]] = []
    var looks: [[String]] = []
  }

  private func atOnce(_ text: [UInt8]) -> Found {
    let scanner = ChunkScanner()
    return scan(text, with: scanner)
  }

  private func scan(_ text: [UInt8], with scanner: ChunkScanner) -> Found {
    let feeds = text.indices.filter { text[$0] == 0x0a }.map { UInt32($0) }
    var found = Found()
    // Letters behind the text must not be taken for part of it.
    (text + [UInt8](repeating: 0x41, count: ChunkScanner.padding)).withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      feeds.withUnsafeBufferPointer { scanner.scan(base, feeds: $0) }
    }
    for line in 0..<scanner.lineCount {
      let (first, count) = (scanner.lines[CHAFF_FIRST_WORD, line], scanner.lines[CHAFF_WORDS, line])
      #expect(scanner.words[first - 1] == FeatureHash.lineMark)
      #expect(scanner.words[first + count] == FeatureHash.lineMark)
      // The words are the list of this number: so many lists have ended before.
      let flags = (1..<first + count + 1).map { scanner.flags[$0] }
      #expect(flags.last == FeatureSums.listEnd && flags.dropLast(count + 1).last ?? 3 == FeatureSums.listEnd)
      #expect(flags.filter { $0 != 0 }.count == Int(scanner.wordLists[line]) + 1)
      #expect(scanner.lines[CHAFF_START, line] == (line == 0 ? 0 : Int(feeds[line - 1]) + 1))
      found.words.append((0..<count).map { scanner.words[first + $0] })
      found.looks.append(summary(scanner.lines, line))
    }
    return found
  }

  private static let columns = [
    "words": CHAFF_WORDS, "letter words": CHAFF_LETTER_WORDS, "capitalised": CHAFF_CAPITALISED,
    "shouted": CHAFF_SHOUTED, "joins": CHAFF_JOINS, "digits": CHAFF_DIGITS, "word bytes": CHAFF_WORD_BYTES,
    "sentences": CHAFF_SENTENCES, "ends sentence": CHAFF_ENDS_SENTENCE, "bytes": CHAFF_BYTES, "first": CHAFF_FIRST,
    "last": CHAFF_LAST, "times": CHAFF_TIMES, "years": CHAFF_YEARS, "ideographs": CHAFF_IDEOGRAPHS,
    "addresses": CHAFF_ADDRESSES, "blank": CHAFF_IS_BLANK,
  ].sorted { $0.value < $1.value }

  /// The numbers of a line in words, so that a failing test shows which differs.
  private func summary(_ lines: LineColumns, _ line: Int) -> [String] {
    Self.columns.map { "\($0.key) \(lines[$0.value, line])" }
      + LineLook.Mark.allCases.map { "\($0.name) \(lines.marks(line)[Int($0.rawValue)])" }
  }

  private func lineByLine(_ text: [UInt8]) -> Found {
    var found = Found()
    let lines = LineColumns(lines: 1)
    defer { lines.deallocate() }
    text.withUnsafeBufferPointer { bytes in
      LineSplitter.forEachLine(bytes) { range in
        let (sink, look) = RecordingSink.scan(Array(bytes[range]))
        lines.put(look, 0)
        found.words.append(sink.words)
        found.looks.append(summary(lines, 0))
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
    guard found != expected else { return }
    for index in expected.words.indices where index < found.words.count {
      let line = String(decoding: text.split(separator: 0x0a, omittingEmptySubsequences: false)[index], as: UTF8.self)
      #expect(found.words[index] == expected.words[index], "\(line)", sourceLocation: location)
      let differences = zip(found.looks[index], expected.looks[index]).filter { $0 != $1 }
      #expect(differences.isEmpty, "\(line.debugDescription): \(differences)", sourceLocation: location)
    }
    #expect(found.words.count == expected.words.count, sourceLocation: location)
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

  @Test(arguments: 1...70)
  func `Any number of lines is scanned`(_ count: Int) {
    compare((0..<count).flatMap { Array("Line \($0) of 1999, “A” ABC: 10:30\n".utf8) })
  }

  @Test func `No lines are nothing`() {
    let scanner = ChunkScanner()
    #expect(scan([], with: scanner) == Found())
    #expect(scanner.lineCount == 0 && scanner.wordEnd == 0)
  }
}
