import Chaff
import ChaffChecks
import ChaffTraining
import Testing

struct LineScannerTests {
  /// Pieces of lines, of scalars whose Unicode properties agree with the scanner's own rules.
  private static let pieces: [[UInt8]] =
    ([
      "a", "of", "news", "Home", "News", "SPORT", "I", "0", "7", "12", "1999", "2024", "2124", "12345", " ", " ", "  ",
      "\t", ".", ",", ":", "!", "?", "-", "'", "\"", "(", ")", "|", "/", "$", "*", "%", "\0", "\u{7f}", ">", "é",
      "Éa", "ÉCOLE", "ñandú", "Über", "ß", "žena", "ΑΒΓ", "αβγ", "привет", "ПРИВЕТ", "Հայ", "عربي", "e\u{301}", "中",
      "中文", "の", "カー", "ไทย", "。", "、", "「", "」", "：", "\u{3000}", "\u{a0}", "\u{ad}", "\u{200b}", "\u{200d}", "😀",
      "👩‍👩‍👧", "“", "”", "’", "—", "…", "€", "£", "©", "•", "→", "»", "𐐀𐐁", "𠮷",
      "λόγος", "ΛΌΓΟΣ", "ς", "É", "฿", "؟", "۔", "।", "？", "．", "¡", "¿", "\u{301}", "E\u{301}COLE", "A\u{323}\u{301}",
      "\u{feff}",
    ] as [String]).map { Array($0.utf8) }
    + [[0xff], [0xc3], [0xe4, 0xb8], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x98], [0xc0, 0xaf], [0xbf]]

  @Test(arguments: 0..<20)
  func `Random lines have the words and the look that a plain tokenizer finds`(_ seed: UInt64) {
    var generator = SplitMix64(seed: 100 + seed)
    for _ in 0..<100 {
      let count = Int.random(in: 0...30, using: &generator)
      let line = (0..<count).flatMap { _ in Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)] }
      compare(line)
    }
  }

  @Test func `Random bytes do as well`() {
    var generator = SplitMix64(seed: 9)
    // Up to 0xc2 the scalars are few enough for the plain tokenizer to know them all.
    for _ in 0..<1000 {
      let count = Int.random(in: 0...24, using: &generator)
      compare((0..<count).map { _ in UInt8.random(in: 0...0xc2, using: &generator) })
    }
  }

  @Test(
    arguments: [
      [], [0], [0, 0, 0], Array(String(repeating: "\u{301}", count: 50).utf8), Array(repeating: 0x80, count: 300),
      Array(repeating: 0xf0, count: 300), Array(" \t\u{a0}\u{3000} ".utf8),
      Array(String(repeating: "\u{ad}", count: 40).utf8),
    ] as [[UInt8]])
  func `Hostile lines do as well`(_ line: [UInt8]) {
    compare(line)
  }

  @Test(arguments: ["a", "The cat sat. ", "1", "aB", "é", "中", "!"])
  func `Lines of 100 kB do as well`(_ piece: String) {
    compare(Array(String(repeating: piece, count: 100_000 / piece.utf8.count).utf8))
  }

  @Test func `Joined menus fall apart`() {
    let (sink, look) = RecordingSink.scan(Array("HomeNewsSportBBC".utf8))
    #expect(sink.words == hashes("home", "news", "sport", "bbc"))
    #expect(look.wordCount == 4)
    // A capital before a small letter is no join.
    #expect(RecordingSink.scan(Array("PDFs".utf8)).sink.words == hashes("pdfs"))
  }

  @Test func `Soft hyphens and joiners are invisible`() {
    let expected = RecordingSink.scan(Array("newsletter".utf8))
    let (sink, look) = RecordingSink.scan(Array("news\u{ad}let\u{200b}ter".utf8))
    #expect(sink == expected.sink)
    #expect(look == expected.look && look.wordCount == 1)
  }

  @Test func `Numbers are their length, and years are years`() {
    let sink = RecordingSink.scan(Array("7 12 123 1899 1900 2099 2100 12345 123456 0x1F".utf8)).sink
    let names = ["#", "##", "###", "####", "#year", "#year", "####", "#####", "#####", "#", "x", "#", "f"]
    #expect(sink.words == names.map { FeatureHash.named(Array($0.utf8), in: .words) })
  }

  @Test func `Case makes no difference to words`() {
    for (upper, lower) in [("ÉCOLE", "école"), ("ПРИВЕТ", "привет"), ("STRASSE", "strasse"), ("ŽENA", "žena")] {
      #expect(RecordingSink.scan(Array(upper.utf8)).sink == RecordingSink.scan(Array(lower.utf8)).sink)
    }
  }

  @Test func `Final sigma is a sigma, and no capital`() {
    let upper = RecordingSink.scan(Array("ΛΌΓΟΣ".utf8))
    for text in ["λόγος", "λόγοσ", "Λόγος"] {
      let (sink, look) = RecordingSink.scan(Array(text.utf8))
      #expect(sink == upper.sink, "\(text)")
      #expect(look.wordCount == 1, "\(text)")
    }
    #expect(upper.sink.words == hashes("λόγοσ"))
    // It stands at the end of words, but also alone; it may follow a small letter and be followed by one.
    #expect(RecordingSink.scan(Array("ς οςα".utf8)).sink.words == hashes("σ", "οσα"))
  }

  @Test func `A capital in two scalars is one capital`() {
    let sink = RecordingSink.scan(Array("E\u{301}COLE E\u{301}cole e\u{301}cole E\u{301}".utf8)).sink
    #expect(sink.words == hashes("e\u{301}cole", "e\u{301}cole", "e\u{301}cole", "e\u{301}"))
    // What follows a small letter with a mark still joins.
    #expect(RecordingSink.scan(Array("cafe\u{301}News".utf8)).sink.words == hashes("cafe\u{301}", "news"))
  }

  @Test func `A byte-order mark inside a line is a space`() {
    #expect(RecordingSink.scan(Array("news\u{feff}letter".utf8)).sink.words == hashes("news", "letter"))
  }

  @Test func `The baht sign is a symbol between Thai letters`() {
    #expect(RecordingSink.scan(Array("ก฿ข".utf8)).sink.words == hashes("ก", "ข"))
  }

  @Test func `Bigrams have marks at the ends of the line`() {
    let words = hashes("sign", "up")
    #expect(
      RecordingSink.scan(Array("Sign up!".utf8)).sink.bigrams == [
        FeatureHash.bigram(FeatureHash.lineMark, words[0]), FeatureHash.bigram(words[0], words[1]),
        FeatureHash.bigram(words[1], FeatureHash.lineMark),
      ])
    #expect(RecordingSink.scan(Array("!?".utf8)).sink.bigrams.isEmpty)
  }

  @Test func `Ideographs are a word each`() {
    let (sink, look) = RecordingSink.scan(Array("中文a".utf8))
    #expect(sink.words == hashes("中", "文", "a"))
    #expect(look.wordCount == 3)
  }

  @Test func `Blank rows have no features`() {
    for text in ["", " ", "\t\r"] {
      let (sink, look) = RecordingSink.scan(Array(text.utf8))
      #expect(sink == RecordingSink())
      #expect(look.isBlank)
    }
  }

  private func compare(_ line: [UInt8]) {
    let expected = ReferenceTokenizer(line)
    let found = RecordingSink.scan(line)
    let text = String(decoding: line.prefix(200), as: UTF8.self)
    #expect(found.sink == expected.sink, "\(text)")
    #expect(found.look == expected.look, "\(text)")
  }

  private func hashes(_ words: String...) -> [UInt64] {
    words.map { FeatureHash.named(Array($0.utf8), in: .words) }
  }
}
