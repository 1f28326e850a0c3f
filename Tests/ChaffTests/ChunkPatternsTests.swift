import CLanes
import ChaffChecks
import ChaffTraining
import Testing

@testable import Chaff

/// The patterns of many lines at once must be those of each by its bytes.
struct ChunkPatternsTests {
  private func atOnce(_ text: [UInt8]) -> [[UInt64]] {
    let scanner = ChunkScanner()
    let patterns = ChunkPatterns()
    let feeds = text.indices.filter { text[$0] == 0x0a }.map { UInt32($0) }
    // Letters behind the text must not be taken for part of it.
    (text + [UInt8](repeating: 0x41, count: ChunkScanner.padding)).withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      feeds.withUnsafeBufferPointer {
        scanner.scan(base, feeds: $0)
        patterns.read(scanner, base)
      }
    }
    let ends = (0..<patterns.count).filter { patterns.flags[$0] != 0 }
    #expect(ends.count == patterns.listCount && ends.allSatisfy { patterns.flags[$0] == FeatureSums.listEnd })
    return (0..<scanner.lineCount).map { line in
      let triples = patterns.triples(ofLine: line)
      // They end where the list does that the line names.
      let list = Int(patterns.lists[line])
      let end = list == 0 ? 0 : ends[list - 1]
      let listed = (end - triples.count..<end).map { patterns.triples[$0] }
      #expect(Array(triples) == listed)
      return Array(triples)
    }
  }

  private func lineByLine(_ text: [UInt8]) -> [(line: [UInt8], triples: [UInt64])] {
    var found: [(line: [UInt8], triples: [UInt64])] = []
    text.withUnsafeBufferPointer { bytes in
      LineSplitter.forEachLine(bytes) { range in
        let line = Array(bytes[range])
        found.append((line, RecordingSink.read(line).sink.patterns))
      }
    }
    return found
  }

  /// On every processor.
  private func compare(_ text: [UInt8], _ location: SourceLocation = #_sourceLocation) {
    let expected = lineByLine(text)
    for bits in [128, 256, 512] as [Int32] {
      chaff_limit_vectors(bits)
      compare(atOnce(text), expected, location)
    }
  }

  private func compare(
    _ found: [[UInt64]], _ expected: [(line: [UInt8], triples: [UInt64])], _ location: SourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: location)
    for (found, expected) in zip(found, expected) where found != expected.triples {
      Issue.record("\(String(decoding: expected.line, as: UTF8.self).debugDescription)", sourceLocation: location)
    }
  }

  private static let pieces: [[UInt8]] =
    ([
      "a", "A", "the", "The", "THE", "tHe", "About", "zebra", "Zebra", "ZEBRA", "iPhone", "McKinley", "HomeNews",
      "WhatsApp", "subscribe", "advertisement", "Internationalisation", "1", "12", "1999", "2024", "12345", "123456789",
      " ", " ", " ", " ", "\n", "\n", "\r\n", "\r", "\t", ".", "|", "^", "#", "*", "-", ":", "//", "@", "\u{1}",
      "\u{a0}", "\u{3000}", "“", "’", "…", "·", "»", "€", "🙂", "é", "Éa", "日", "：", "\u{ad}",
    ] as [String]).map { Array($0.utf8) } + [[0xff], [0xe2, 0x80]]

  @Test(arguments: 0..<30)
  func `Random texts have the patterns of their lines one by one`(_ seed: UInt64) {
    for text in RandomTexts.made(of: Self.pieces, seed: seed, of: 800) { compare(text) }
  }

  @Test(arguments: [UInt8(0x7f), 0xff])
  func `Random bytes do as well`(_ largest: UInt8) {
    for text in RandomTexts.bytes(upTo: largest, seed: 831) { compare(text) }
  }

  @Test(arguments: 0..<30)
  func `Random texts of what is hard to read at once do as well`(_ seed: UInt64) {
    for text in RandomTexts.made(of: HostileLines.pieces, seed: seed, of: 860) { compare(text) }
  }

  @Test(arguments: HostileLines.offsets, HostileLines.Filler.allCases)
  func `Hostile lines do as well, wherever in a block they begin`(_ offset: Int, _ filler: HostileLines.Filler) {
    compare(HostileLines.text(beginningAt: offset, after: filler))
  }

  @Test(arguments: HostileLines.sizes)
  func `Texts that end at the border of a block do as well`(_ count: Int) {
    for text in HostileLines.texts(ofBytes: count) { compare(text) }
  }

  @Test(arguments: 0...130)
  func `What stands at the border of two blocks is one`(_ offset: Int) {
    let space = [UInt8](repeating: 0x20, count: offset)
    for text in ["About us", "THE ZEBRA", "2024 | 7", "“a”", "x…", "aB", "the\r"] {
      compare(space + Array(text.utf8) + [0x0a] + space + Array(text.utf8) + [0x0a])
    }
  }

  /// Lines of about as many tokens as are read, and words of about as many letters as a mask has bits.
  @Test(arguments: Array(60...66) + Array(90...100) + [1000])
  func `Lines with more tokens than are read, and words longer than a mask, do as well`(_ count: Int) {
    for piece in ["|", "| ", "“", "\u{ff}", "a|", "7|"] {
      compare(Array(String(repeating: piece, count: count).utf8) + [0x0a, 0x61, 0x0a])
    }
    for letter in ["a", "A", "1"] {
      let word = String(repeating: letter, count: count)
      compare(Array("x \(word) \(word).\n\(word)\nA\(word) b\n".utf8))
    }
  }

  @Test func `Blank lines and long ones have none`() {
    let long = Array(repeating: "word", count: 17).joined(separator: " ")
    #expect(atOnce(Array("\n \t\n\(long)\n\u{a0}\n".utf8)) == [[], [], [], []])
  }
}
