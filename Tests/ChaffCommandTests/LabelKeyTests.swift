import ChaffTraining
import Testing

@testable import ChaffCommand

struct LabelKeyTests {
  private func keys(_ bytes: String) -> [LabelKey] {
    var decoder = LabelKeyDecoder()
    return decoder.keys(Array(bytes.utf8)) + decoder.timeOut()
  }

  @Test func everyKey() {
    #expect(keys("\u{1b}[A\u{1b}[B\u{1b}[C\u{1b}[D") == [.up, .down, .right, .left])
    #expect(keys("\u{1b}OA\u{1b}OB\u{1b}OH\u{1b}OF") == [.up, .down, .home, .end])
    #expect(keys("\u{1b}[5~\u{1b}[6~\u{1b}[1~\u{1b}[4~\u{1b}[3~") == [.pageUp, .pageDown, .home, .end, .backspace])
    #expect(keys("\r\n\t\u{7f}\u{8}") == [.enter, .enter, .tab, .backspace, .backspace])
    #expect(keys("\u{3}\u{c}\u{1b}") == [.interrupt, .redraw, .escape])
    #expect(keys("aZ/é漢") == "aZ/é漢".map { .character($0) })
  }

  @Test func whatMeansNothingIsSwallowed() {
    #expect(keys("\u{1b}[200~\u{1b}[1;5C\u{1b}[Z\u{1}x") == [.right, .character("x")])
    #expect(keys("\u{1b}x") == [.escape, .character("x")])
  }

  /// Over a slow line the bytes of a key come one by one.
  @Test func keysInPieces() {
    var decoder = LabelKeyDecoder()
    #expect(decoder.keys([0x1b]) == [])
    #expect(decoder.isWaiting)
    #expect(decoder.keys([0x5b]) == [])
    #expect(decoder.keys([0x41]) == [.up])
    #expect(!decoder.isWaiting)
    #expect(decoder.keys([0xc3]) == [])
    #expect(decoder.keys([0xa9]) == [.character("é")])
    #expect(decoder.keys([0x1b]) == [])
    #expect(decoder.timeOut() == [.escape])
  }

  @Test func anyBytes() {
    var generator = SplitMix64(seed: 9)
    for _ in 0..<200 {
      var decoder = LabelKeyDecoder()
      for _ in 0..<50 { _ = decoder.keys([UInt8.random(in: 0...255, using: &generator)]) }
      _ = decoder.timeOut()
      #expect(decoder.keys([UInt8(ascii: "x")]) == [.character("x")])
    }
  }
}
