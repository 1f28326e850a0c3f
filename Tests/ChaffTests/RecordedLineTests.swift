import Chaff
import ChaffChecks
import Testing

struct RecordedLineTests {
  private static let lines = [
    "", " ", "***", "The cat", "ÉTÉ, été! HomeNews", "In 1999 7 42 by Ana Lopes · 3 May", "中文 a1b",
    "<s> ^ $ # \u{301}x",
    Array(repeating: "of", count: 16).joined(separator: " "), Array(repeating: "of", count: 17).joined(separator: " "),
    Array(repeating: "Go", count: 40).joined(separator: " "), Array(repeating: "Go", count: 41).joined(separator: " "),
    String(repeating: "x", count: 1000) + " y",
  ]

  /// The words of all blocks, and their names.
  private func words(_ line: [UInt8], _ recorded: RecordedLine) -> (hashes: [UInt64], names: [[UInt8]], look: LineLook)
  {
    var (hashes, names) = ([UInt64](), [[UInt8]]())
    let look = line.withUnsafeBufferPointer { line in
      recorded.read(line) {
        hashes += recorded.words
        names += recorded.words.indices.map { index in name { recorded.appendName(ofWord: index, to: &$0) } }
      }
    }
    return (hashes, names, look)
  }

  private func name(_ write: (inout [UInt8]) -> Void) -> [UInt8] {
    // Behind what is there already.
    var bytes: [UInt8] = [7]
    write(&bytes)
    #expect(bytes.first == 7)
    return Array(bytes.dropFirst())
  }

  @Test func `Features are those that a sink is told`() {
    let recorded = RecordedLine()
    for line in Self.lines.map({ Array($0.utf8) }) {
      let (sink, look) = RecordingSink.read(line)
      let (words, _, own) = words(line, recorded)
      #expect(words == sink.words)
      #expect(own == look)
      #expect(Array(recorded.bigrams) == sink.bigrams)
      #expect(recorded.patterns == sink.patterns)
      let names = recorded.patterns.indices.map { index in name { recorded.appendName(ofPattern: index, to: &$0) } }
      #expect(names.map { String(decoding: $0, as: UTF8.self) } == sink.patternNames)
    }
  }

  @Test func `Names give the hashes back`() {
    let recorded = RecordedLine()
    for line in Self.lines {
      let (words, names, _) = words(Array(line.utf8), recorded)
      for (word, name) in zip(words, names) where name.count <= Vocabulary.longestName {
        #expect(FeatureHash.named(name, in: .words) == word)
      }
      for (index, bigram) in recorded.bigrams.enumerated() {
        let name = name { recorded.appendName(ofBigram: index, to: &$0) }
        if name.count <= Vocabulary.longestName { #expect(FeatureHash.named(name, in: .bigrams) == bigram) }
      }
    }
  }

  @Test func `A long name is cut one byte too late for a model`() {
    let (_, names, _) = words(Array(String(repeating: "x", count: 100_000).utf8), RecordedLine())
    #expect(names.map(\.count) == [Vocabulary.longestName + 1])
  }

  @Test(arguments: [1023, 1024, 1025, 2048, 5000])
  func `Words come in blocks`(_ count: Int) {
    let line = (0..<count).map { "w" + String(repeating: "a", count: $0 % 7) }.joined(separator: " ")
    let recorded = RecordedLine()
    let (words, names, look) = words(Array(line.utf8), recorded)
    #expect(look.wordCount == count)
    #expect(words == RecordingSink.read(Array(line.utf8)).sink.words)
    #expect(names.map { String(decoding: $0, as: UTF8.self) } == line.split(separator: " ").map(String.init))
    #expect(recorded.bigrams.isEmpty)
    #expect(recorded.words.count < 1024)
  }
}
