import CLanes
import ChaffChecks
import ChaffTraining
import Testing

@testable import Chaff

/// Scanning many lines at once must find what scanning each by its bytes finds.
struct ChunkScannerTests {
  /// What is found of lines: the words between the marks, and the looks.
  private struct Found: Equatable {
    var words: [[UInt64]] = []
    var looks: [LineLook] = []
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
    let listEnds = (0..<scanner.wordEnd).filter { scanner.flags[$0] != 0 }
    #expect(listEnds.count == scanner.listCount && listEnds.allSatisfy { scanner.flags[$0] == FeatureSums.listEnd })
    for line in 0..<scanner.lineCount {
      let (lines, bytes) = (scanner.lines, (line == 0 ? 0 : Int(feeds[line - 1]) + 1)..<Int(feeds[line]))
      let (first, count) = (lines.firstWord(line), lines.wordCount(line))
      #expect([first - 1, first + count].allSatisfy { scanner.words[$0] == FeatureHash.lineMark })
      // The words are the list of this number, behind the list before.
      let list = Int(scanner.wordLists[line])
      #expect(Array(([0] + listEnds)[list...].prefix(2)) == [first - 1, first + count])
      #expect(lines.bytes(line) == bytes && lines.isBlank(line) == lines.look(line).isBlank)
      #expect(hasTraits(Int(lines.columns.traits[line]), text[bytes]))
      found.words.append((0..<count).map { scanner.words[first + $0] })
      found.looks.append(lines.look(line))
    }
    return found
  }

  /// Lines of ASCII, symbols and letters are read with all others, unless words of the latter are joined; of these it is
  /// known whether they have joined words.
  private func hasTraits(_ traits: Int, _ line: ArraySlice<UInt8>) -> Bool {
    let isRegular = traits & CHAFF_IS_REGULAR != 0
    if !isRegular && !isHard(line) { return false }
    let isJoined = zip(line, line.dropFirst()).contains {
      ByteClass.of($0) == ByteClass.lower && ByteClass.of($1) == ByteClass.upper
    }
    return (traits & CHAFF_HAS_JOINED != 0) == (isRegular && isJoined)
  }

  /// Whether a line may be read byte by byte.
  private func isHard(_ line: ArraySlice<UInt8>) -> Bool {
    var (hasLetter, hasJoin, wasSmall) = (false, false, false)
    for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
      var (isSmall, isLarge) = (("a"..."z").contains(scalar), ("A"..."Z").contains(scalar))
      if scalar.value >= 0x80 {
        switch Normalization.classify(scalar.value) {
        case .ideograph, .ignorable: return true
        case .letter where Normalization.isCombining(scalar.value): return true
        case .letter(let folded):
          isLarge = Normalization.isCapital(scalar.value, folded: folded)
          (isSmall, hasLetter) = (!isLarge, true)
        case .symbol: break
        }
      }
      if wasSmall && isLarge { hasJoin = true }
      wasSmall = isSmall
    }
    return hasLetter && hasJoin
  }

  private func lineByLine(_ text: [UInt8]) -> Found {
    var found = Found()
    text.withUnsafeBufferPointer { bytes in
      LineSplitter.forEachLine(bytes) { range in
        let (sink, look) = RecordingSink.scan(Array(bytes[range]))
        found.words.append(sink.words)
        found.looks.append(look)
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
    let lines = text.split(separator: 0x0a, omittingEmptySubsequences: false)
    for index in expected.words.indices where index < found.words.count {
      let line = String(decoding: lines[index], as: UTF8.self).debugDescription
      #expect(found.words[index] == expected.words[index], "\(line)", sourceLocation: location)
      #expect(found.looks[index] == expected.looks[index], "\(line)", sourceLocation: location)
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

  @Test(arguments: 0..<30)
  func `Random texts of what is hard to read at once do as well`(_ seed: UInt64) {
    for text in RandomTexts.made(of: HostileLines.pieces, seed: seed, of: 360) { compare(text) }
  }

  @Test(arguments: HostileLines.offsets, HostileLines.Filler.allCases)
  func `Hostile lines do as well, wherever in a block they begin`(_ offset: Int, _ filler: HostileLines.Filler) {
    compare(HostileLines.text(beginningAt: offset, after: filler))
  }

  @Test(arguments: HostileLines.sizes)
  func `Texts that end at the border of a block do as well`(_ count: Int) {
    for text in HostileLines.texts(ofBytes: count) {
      #expect(text.count == count)
      compare(text)
    }
  }

  @Test func `Every symbol of the common scripts does as well`() {
    let symbols = (UInt32(0x80)...0xffff).compactMap(Unicode.Scalar.init).filter {
      if case .symbol = Normalization.classify($0.value) { true } else { false }
    }
    #expect(symbols.count > 5000)
    compare(symbols.flatMap { Array("\($0)\nGo\($0)\nBe\($0)HomeNews\n".utf8) })
  }

  @Test func `Every letter of the common scripts does as well`() {
    let letters = (UInt32(0x80)...0xffff).compactMap(Unicode.Scalar.init).filter {
      if case .letter = Normalization.classify($0.value) { true } else { false }
    }
    #expect(letters.count > 15_000)
    compare(letters.flatMap { Array("\($0)\n1\($0)x\nGo\($0)\nB\($0)E \($0).\n".utf8) })
  }

  @Test(arguments: 0...130)
  func `What stands at the border of two blocks is one`(_ offset: Int) {
    let space = [UInt8](repeating: 0x20, count: offset)
    for text in [
      "word", "Sign Up", "aB", "BBC", "12:30", "a. B", "“quoted”", "x…\nY", "\u{a0}", "\n", "http://a", "é",
      "été", "ÉB", "Été “É”", "жизнь", "ЖИЗНЬ", "한국", "aÉ", "désintéressé",
    ] {
      compare(space + Array(text.utf8) + [0x0a] + space + Array(text.utf8) + [0x0a])
    }
  }

  @Test(arguments: ["a ", "A", "1a", "aB", ". ", "é ", "é", "É", "한", "éÉ", "中", "“", "\n", "\u{a0}", ": 1", "!"])
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
