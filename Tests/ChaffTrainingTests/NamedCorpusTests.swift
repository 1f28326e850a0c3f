import Chaff
import Testing

@testable import ChaffTraining

/// Lines that are read many at once have the features, looks and names of those that are read one by one.
struct NamedCorpusTests {
  private static let pieces =
    [
      "a", "of", "news", "Home", "News", "SPORT", "7", "12", "1999", "12345", " ", " ", " ", "\u{c}", "\r", ".", ",",
      ":",
      "!", "//", "@", "abcdefghi", "internationalisation", "10:30", "\u{e9}", "\u{c9}a", "\u{4e2d}\u{6587}", "\u{3002}",
      "\u{a0}", "\u{ad}", "\u{201c}", "\u{20ac}", "\u{23a}", String(repeating: "\u{23a}", count: 90),
      String(repeating: "x", count: 82), String(repeating: "y", count: 130), String(repeating: "B", count: 300),
      String(repeating: "the ", count: 60), String(repeating: "1 ", count: 1500),
    ].map { Array($0.utf8) } + [[0xff], [0xe2, 0x80], [0x0a]]

  private func pages(_ seed: UInt64) -> [LabelledPage] {
    var generator = SplitMix64(seed: seed)
    return (0..<8).map { _ in
      let rows = (0..<Int.random(in: 1...30, using: &generator)).map { number in
        let text = (0..<Int.random(in: 1...12, using: &generator)).flatMap { _ in
          Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)]
        }
        return LabelledPage.Row(label: Label("a"), text: text, lineNumber: number)
      }
      return LabelledPage(file: "", rows: rows)
    }
  }

  /// What a line has, read by itself: its features, each once, by their names.
  private func expected(_ text: [UInt8]) -> (hashes: [UInt64], names: [[UInt8]], look: LineLook) {
    let recorded = RecordedLine()
    var (hashes, names) = ([UInt64](), [[UInt8]]())
    func add(_ own: UnsafeBufferPointer<UInt64>, _ name: (Int, inout [UInt8]) -> Void) {
      for (number, hash) in own.enumerated() where !hashes.contains(hash) {
        hashes.append(hash)
        names.append([])
        name(number, &names[names.count - 1])
      }
    }
    let look = text.withUnsafeBufferPointer { text in
      recorded.read(text) { add(recorded.words) { recorded.appendName(ofWord: $0, to: &$1) } }
    }
    recorded.patterns.withUnsafeBufferPointer { add($0) { recorded.appendName(ofPattern: $0, to: &$1) } }
    add(recorded.bigrams) { recorded.appendName(ofBigram: $0, to: &$1) }
    return (hashes, names, look)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func linesHaveWhatTheyHaveAlone(_ seed: UInt64) {
    let pages = pages(40 + seed)
    let corpus = IndexedCorpus(pages)
    let named = corpus.named()
    let texts = pages.flatMap { $0.rows.map(\.text) }.filter { !expected($0).look.isBlank }
    #expect(Set(texts.map { $0.withUnsafeBytes { Checksum.of($0) } }) == Set(corpus.lines.map(\.text)))
    #expect(texts.count == corpus.lines.count && corpus.longNames.isEmpty == !hasLongName(named))
    for line in corpus.lines.indices {
      let own = corpus.lines[line]
      let expected = corpus.texts.withLine(line) { self.expected(Array($0)) }
      let features = corpus.features[own.features].map { Int($0) }
      #expect(features.map { corpus.index.hashes[$0] } == expected.hashes)
      #expect(features.map { Array(named.index.names[$0]) } == expected.names)
      #expect(own.lengthClass == LengthClass.of(words: expected.look.wordCount))
      #expect(own.form == LineForm.of(expected.look))
    }
    for feature in 0..<named.index.count { #expect(named.hasLongName(feature) == corpus.hasLongName(feature)) }
  }

  private func hasLongName(_ named: IndexedCorpus) -> Bool {
    named.index.names.indices.contains { named.index.names.length($0) > Vocabulary.longestName }
  }

  @Test func someNamesAreThoseOfAll() throws {
    let corpus = IndexedCorpus(pages(7))
    let all = corpus.names(of: Array(0..<corpus.index.count))
    let wanted = Array(stride(from: corpus.index.count - 1, through: 0, by: -7))
    #expect(corpus.names(of: wanted).map(Array.init) == wanted.map { Array(all[$0]) })
    #expect(corpus.named().names(of: wanted) == corpus.names(of: wanted))
    #expect(corpus.names(of: []).isEmpty && IndexedCorpus().named().index.count == 0)
  }

  /// Names of more bytes than a model may have are left out, however they come about.
  @Test(
    arguments: [
      // With the mark at the line's end and a space the bigram has two bytes more.
      (String(repeating: "x", count: 253), false), (String(repeating: "x", count: 254), true),
      (String(repeating: "x", count: 256), true), (String(repeating: "\u{e9}", count: 200), true),
      (String(repeating: "x", count: 127) + " " + String(repeating: "y", count: 127), false),
      (String(repeating: "x", count: 128) + " " + String(repeating: "y", count: 127), true),
    ] as [(String, Bool)])
  func longNamesAreLeftOut(_ text: String, _ isLong: Bool) throws {
    let corpus = IndexedCorpus(try Toy.pages("nav\t\(text)\nnav\tHome\n"))
    let long = (0..<corpus.index.count).filter { corpus.hasLongName($0) }
    #expect(long.isEmpty == !isLong)
    #expect(
      corpus.named().index.names.indices.allSatisfy {
        corpus.hasLongName($0) == (corpus.named().index.names.length($0) > Vocabulary.longestName)
      })
    let features = try Toy.classifier(Toy.pages("nav\t\(text)\nnav\tHome\n")).model.vocabulary().features
    #expect(features.count == corpus.index.count - long.count)
  }
}
