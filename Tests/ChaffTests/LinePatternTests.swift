import Chaff
import ChaffChecks
import ChaffTraining
import Testing

struct LinePatternTests {
  /// The tokens of a line's pattern, from the names of its triples.
  private func tokens(_ text: String) -> [String] {
    let triples = RecordingSink.read(Array(text.utf8)).sink.patternNames.map { name -> [String] in
      name.split(separator: " ").map(String.init)
    }
    guard let first = triples.first, let last = triples.last else { return [] }
    return [first[0]] + triples.map { $0[1] } + [last[2]]
  }

  @Test(arguments: [
    ("By Ana Lopes · 3 May 2021", ["<s>", "^by", "*A", "*A", "·", "#", "^may", "#year", "</s>"]),
    ("You have 12 free articles left", ["<s>", "^you", "have", "##", "free", "*a", "left", "</s>"]),
    ("READ the McKinley REPORT!!", ["<s>", "^read", "the", "*aA", "^report", "!", "!", "</s>"]),
    ("ÉLÈVE élève Élève", ["<s>", "*AA", "*a", "*A", "</s>"]),
    ("E\u{301}LE\u{300}VE e\u{301}le\u{300}ve E\u{301}le\u{300}ve", ["<s>", "*AA", "*a", "*A", "</s>"]),
    ("a\u{ad}bout", ["<s>", "about", "</s>"]),
    ("1234567 1850 1950", ["<s>", "#####", "####", "#year", "</s>"]),
    ("日本 | »", ["<s>", "日", "本", "|", "»", "</s>"]),
    ("a2x", ["<s>", "a", "#", "x", "</s>"]),
    ("a\u{a0}\u{3000}c", ["<s>", "a", "c", "</s>"]),
    ("^the", ["<s>", "^", "the", "</s>"]),
    ("·", ["<s>", "·", "</s>"]),
  ])
  func `Common words stand for themselves, others for their case`(_ text: String, _ expected: [String]) {
    #expect(tokens(text) == expected)
  }

  @Test func `Invalid bytes are one kind of mark`() {
    let names = RecordingSink.read([0x61, 0xff, 0xc0, 0x63]).sink.patternNames
    #expect(names == ["<s> a \u{fffd}", "a \u{fffd} \u{fffd}", "\u{fffd} \u{fffd} c", "\u{fffd} c </s>"])
  }

  @Test func `A blank line has none, nor one with too many words`() {
    #expect(tokens("").isEmpty)
    #expect(tokens(" \t ").isEmpty)
    #expect(!tokens(Array(repeating: "word", count: 16).joined(separator: " ")).isEmpty)
    #expect(tokens(Array(repeating: "word", count: 17).joined(separator: " ")).isEmpty)
  }

  @Test func `A line of marks without end has no more triples than are read`() {
    let sink = RecordingSink.read([UInt8](repeating: 0x7c, count: 100_000)).sink
    #expect(sink.patterns.count == 96)
  }

  /// Hostile and ordinary pieces: a triple's name must give its hash, since a model is explained by names.
  @Test func `A triple's hash is that of its name`() {
    var generator = SplitMix64(seed: 71)
    let pieces = [
      "The", "the", "Subscribe", "NEWS", "iPhone", "7", "2024", "31415", "^", "$", "#", "*", "*a", "<s>", ".", "…", "«",
      "日",
      "É", "éa", "ς", "Σ", "\u{200d}", "\u{301}", "🙂", "\u{a0}",
    ]
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &generator)]
          + (Bool.random(using: &generator) ? " " : "")
      }.joined()
      let sink = RecordingSink.read(Array(text.utf8)).sink
      let named = sink.patternNames.map { FeatureHash.named(Array($0.utf8), in: .patterns) }
      #expect(named == sink.patterns, "\(text)")
    }
  }

  @Test func `Reading any bytes ends, and what is read depends on the line alone`() {
    var generator = SplitMix64(seed: 72)
    var reader = LineReader()
    for length in 0..<300 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      var sink = RecordingSink()
      _ = withBuffer(bytes) { reader.read($0, into: &sink) }
      #expect(sink == RecordingSink.read(bytes).sink)
    }
  }
}

struct LineReaderTests {
  private func line(_ words: Int) -> [UInt8] {
    Array(Array(repeating: "word", count: words).joined(separator: " ").utf8)
  }

  @Test func `Lines of up to forty words have bigrams, longer ones none`() {
    #expect(RecordingSink.read(line(40)).sink.bigrams.count == 41)
    for words in [41, 42, 100, 1000] {
      let sink = RecordingSink.read(line(words)).sink
      #expect(sink.words.count == words)
      #expect(sink.bigrams.isEmpty)
    }
  }

  @Test func `Words and bigrams are the scanner's`() {
    let bytes = Array("By Ana Lopes, 3 May 2021: Swing bridge closed".utf8)
    let (read, scanned) = (RecordingSink.read(bytes), RecordingSink.scan(bytes))
    #expect(read.look == scanned.look)
    #expect(read.sink.words == scanned.sink.words && read.sink.bigrams == scanned.sink.bigrams)
    #expect(scanned.sink.patterns.isEmpty && !read.sink.patterns.isEmpty)
  }
}
