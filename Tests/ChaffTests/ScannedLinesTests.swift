import Chaff
import ChaffChecks
import Testing

/// Lines that are read at once have the features and looks that each has by itself.
struct ScannedLinesTests {
  private static let pieces: [[UInt8]] =
    ([
      "a", "of", "news", "Home", "News", "SPORT", "I", "0", "12", "1999", "12345", " ", " ", " ", "\n", "\t", "\u{b}",
      ".", ",", ": ", "!", "?", "-", "\"", "(", "|", "//", "@", "$", "internationalisation", "10:30", "é", "Éa",
      "привет",
      "中文", "。", "\u{a0}", "\u{ad}", "😀", "“", "…", "€", "©", "•", "→", "ς",
    ] as [String]).map { Array($0.utf8) } + [[0xff], [0xc3], [0xe2, 0x80]]

  private func compare(_ text: [UInt8], _ scanned: ScannedLines) {
    let feeds = text.indices.filter { text[$0] == 0x0a }.map { UInt32($0) }
    (text + [UInt8](repeating: 0x41, count: ScannedLines.padding)).withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      feeds.withUnsafeBufferPointer { scanned.read(base, feeds: $0) }
    }
    let lines = text.split(separator: 0x0a, omittingEmptySubsequences: false).dropLast().map(Array.init)
    #expect(scanned.count == lines.count)
    for (number, line) in lines.enumerated() {
      let (sink, look) = RecordingSink.read(line)
      #expect(Array(scanned.words(number)) == sink.words)
      #expect(Array(scanned.bigrams(number)) == sink.bigrams)
      #expect(Array(scanned.patterns(number)) == sink.patterns)
      #expect(scanned.look(number) == look && scanned.isBlank(number) == look.isBlank)
    }
  }

  @Test(arguments: 0..<12)
  func `Random texts`(_ seed: UInt64) {
    let scanned = ScannedLines()
    for text in RandomTexts.made(of: Self.pieces, seed: seed, of: 500) { compare(text, scanned) }
  }

  @Test(arguments: [16, 17, 40, 41, 300])
  func `Lines of many words have fewer kinds of features`(_ words: Int) {
    compare(Array((String(repeating: "Go ", count: words) + "\nHome\n").utf8), ScannedLines())
  }

  @Test func `No lines are nothing`() {
    let scanned = ScannedLines()
    compare([], scanned)
    compare(Array("\n\n \n".utf8), scanned)
  }
}
