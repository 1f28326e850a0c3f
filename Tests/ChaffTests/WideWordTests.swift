import Testing

@testable import Chaff

/// Words with letters beyond ASCII by themselves.
struct WideWordTests {
  private func read(_ word: String) -> (hash: UInt64, look: UInt8) {
    Array("«\(word)»".utf8).withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return (0, 0) }
      return WideWord.read(base, 2..<text.count - 2)
    }
  }

  @Test(arguments: [
    ("Été", "été"), ("ÉTÉ", "été"), ("désintéressée", "désintéressée"), ("ЖИЗНЬ", "жизнь"), ("Σίσυφος", "σίσυφοσ"),
    ("STRASSÉ", "strassé"), ("한국", "한국"), ("𐐀𐐨", "𐐨𐐨"),
  ])
  func `Their hash is that of the folded letters`(_ word: String, _ folded: String) {
    #expect(read(word).hash == WordHasher.hash(of: folded.utf8))
  }

  /// The numbers are those that `chaff_hash_words` gives to words of ASCII.
  @Test(arguments: [
    ("été", UInt8(1)), ("ÉTÉ", 2), ("Été", 4), ("É", 6), ("ÉTé", 0), ("aé", 1), ("Aé", 4), ("AÉ", 2), ("AÉa", 0),
    ("한", 1),
    ("ς", 1),
  ])
  func `Their look says which letters are capitals`(_ word: String, _ look: UInt8) {
    #expect(read(word).look == look)
  }
}
