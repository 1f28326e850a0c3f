import Testing

@testable import Chaff

struct CommonWordsTests {
  private func hashes(_ words: [String]) -> [UInt64] { words.map { WordHasher.hash(of: $0.utf8) } }

  @Test(arguments: [0, 1, 500, 511, 2000])
  func `Words of a list of any length are found, others are not`(_ count: Int) {
    let words = CommonWords((0..<count).map { Array("word\($0)".utf8) })
    #expect(hashes((0..<count).map { "word\($0)" }).allSatisfy { words.contains($0) })
    #expect(!hashes((count..<count + 5000).map { "word\($0)" }).contains { words.contains($0) })
  }

  @Test func `The English list has its first and its last word, and no empty one`() {
    #expect(hashes(["a", "about", "subscribe", "you", "your"]).allSatisfy { CommonWords.english.contains($0) })
    #expect(!hashes(["", " ", "zebra", "About"]).contains { CommonWords.english.contains($0) })
  }
}
