import Testing

@testable import Chaff

struct CommonWordsTests {
  private func hashes(_ words: [String]) -> [UInt64] { words.map { WordHasher.hash(of: $0.utf8) } }

  @Test(arguments: [0, 1, 500, 511, 2000])
  func `Words of a list of any length are found, others are not`(_ count: Int) {
    let words = CommonWords(hashes: hashes((0..<count).map { "word\($0)" }))
    #expect(hashes((0..<count).map { "word\($0)" }).allSatisfy { words.contains($0) })
    #expect(!hashes((count..<count + 5000).map { "word\($0)" }).contains { words.contains($0) })
  }

  @Test func `The words of a text stand between spaces and line feeds`() {
    #expect(CommonWords.hashes(of: "") == [])
    #expect(CommonWords.hashes(of: "a") == hashes(["a"]))
    #expect(CommonWords.hashes(of: " a  be\n\nsee ") == hashes(["a", "be", "see"]))
    #expect(CommonWords.hashes(of: "incomprehensible of") == hashes(["incomprehensible", "of"]))
  }

  @Test func `The English list has its first and its last word, and no empty one`() {
    #expect(hashes(["a", "about", "subscribe", "you", "your"]).allSatisfy { CommonWords.english.contains($0) })
    #expect(!hashes(["", " ", "zebra", "About"]).contains { CommonWords.english.contains($0) })
  }
}
