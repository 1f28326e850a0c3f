import ChaffTraining
import Testing

@testable import Chaff

struct LineTextTests {
  /// A window's rows, with their line ends.
  private func rows(_ text: LineText) -> [[UInt8]] { (0..<text.rowCount).map { Array(text.whole($0)) } }

  /// The windows of a page that comes in pieces of the given lengths, and what was left of lines that were cut.
  private func windows(_ page: [UInt8], step: () -> Int) -> [[[UInt8]]] {
    var windows: [[[UInt8]]] = []
    let text = LineText()
    var next = 0
    var isInside = false
    while next < page.count {
      if isInside {
        let feed = page[next...].firstIndex(of: 0x0a) ?? page.count - 1
        next = feed + 1
        isInside = false
        continue
      }
      let end = min(page.count, next + max(1, step()))
      page[next..<end].withUnsafeBufferPointer { next += text.append(text: $0) }
      guard text.isFull else { continue }
      isInside = text.isCut
      windows.append(rows(text))
      text.removeAll()
    }
    text.end()
    return windows + [rows(text)]
  }

  @Test(arguments: 0..<10)
  func `Where a page is cut does not depend on how it comes`(_ seed: UInt64) {
    var generator = SplitMix64(seed: 400 + seed)
    var page: [UInt8] = []
    while page.count < 300_000 {
      let length = Int.random(in: 0...[0, 5, 200, 90_000][Int(seed % 4)], using: &generator)
      page += [UInt8](repeating: 0x61, count: length) + (Bool.random(using: &generator) ? [0x0d, 0x0a] : [0x0a])
    }
    let expected = windows(page) { page.count }
    #expect(windows(page) { 1000 } == expected)
    #expect(windows(page) { Int.random(in: 1...70_000, using: &generator) } == expected)
    if seed % 4 != 3 { #expect(expected.flatMap { $0 }.flatMap { $0 } == page) }
    #expect(expected.dropLast().allSatisfy { $0.count == LineText.rowLimit || $0.joined().count >= LineText.byteLimit })
  }

  @Test func `A line up to the limit is held whole, a longer one is cut`() {
    for (length, isCut) in [(LineText.lineLimit, false), (LineText.lineLimit + 1, true)] {
      let text = LineText()
      let page = Array("first\n".utf8) + [UInt8](repeating: 0x61, count: length) + [0x0a]
      var next = 0
      while !text.isFull && next < page.count {
        page[next...].withUnsafeBufferPointer { next += text.append(text: $0) }
      }
      #expect(text.isCut == isCut && text.isFull && text.rowCount == 2)
      #expect(text.line(1).count == LineText.lineLimit)
      #expect(next == page.count - (isCut ? 2 : 0))
      #expect(text.whole(1).last == (isCut ? 0x61 : 0x0a))
    }
  }

  @Test func `A last line without an end has none`() {
    let text = LineText()
    _ = withBuffer(Array("one\r\ntwo\r".utf8)) { text.append(text: $0) }
    text.end()
    #expect(rows(text) == [Array("one\r\n".utf8), Array("two\r".utf8)])
    #expect(Array(text.line(0)) == Array("one".utf8) && Array(text.line(1)) == Array("two\r".utf8))
    #expect(text.lacksLineEnd && !text.isFull)
  }

  @Test func `Lines that are given without ends keep their carriage returns, and line feeds inside are spaces`() {
    let text = LineText()
    for line in ["one", "two\r", "thr\nee", ""] { withBuffer(Array(line.utf8)) { text.append($0) } }
    #expect((0..<4).map { String(decoding: text.line($0), as: UTF8.self) } == ["one", "two\r", "thr ee", ""])
  }

  @Test func `So many rows fill a window`() {
    let text = LineText()
    for _ in 1..<LineText.rowLimit { withBuffer([]) { text.append($0) } }
    #expect(!text.isFull)
    withBuffer([]) { text.append($0) }
    #expect(text.isFull)
    #expect(withBuffer([0x0a]) { text.append(text: $0) } == 0)
  }
}
