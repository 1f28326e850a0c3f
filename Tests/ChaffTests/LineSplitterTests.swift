import Chaff
import ChaffTraining
import Testing

struct LineSplitterTests {
  @Test(
    arguments: [
      ("", []), ("a", ["a"]), ("a\n", ["a"]), ("\n", [""]), ("\n\n", ["", ""]), ("a\nb", ["a", "b"]),
      ("a\r\nb\r\n", ["a", "b"]), ("a\r", ["a"]), ("a\rb", ["a\rb"]), ("\r\n", [""]), ("a\r\r\n", ["a\r"]),
      ("ab\n\ncd", ["ab", "", "cd"]),
    ])
  func `Lines end at line feeds, without the carriage return before them`(_ text: String, _ expected: [String]) {
    #expect(lines(Array(text.utf8)) == expected.map { Array($0.utf8) })
    #expect(LineSplitter.lines(Array(text.utf8)) == expected.map { Array($0.utf8) })
  }

  @Test func `Random bytes fall into the lines that a plain loop finds`() {
    var generator = SplitMix64(seed: 8)
    // Neighbours of the line feed, which a search by words must not mistake for it.
    let alphabet: [UInt8] = [0x0a, 0x0a, 0x09, 0x0b, 0x0d, 0x8a, 0x00, 0x01, 0xff, 0x61]
    for _ in 0..<2000 {
      let count = Int.random(in: 0...40, using: &generator)
      let bytes = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
      #expect(lines(bytes) == plainLines(bytes), "\(bytes)")
    }
  }

  @Test func `The next line feed is found from any place`() {
    let bytes = Array("0123456789\n12345678901234567890\n".utf8)
    withBuffer(bytes) { buffer in
      for start in 0...bytes.count {
        #expect(LineSplitter.nextLineFeed(buffer, from: start) == bytes[start...].firstIndex(of: 0x0a))
      }
    }
  }

  @Test func `There is no line feed in an empty buffer`() {
    #expect(LineSplitter.nextLineFeed(UnsafeBufferPointer(start: nil, count: 0), from: 0) == nil)
  }

  private func lines(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    withBuffer(bytes) { buffer in LineSplitter.forEachLine(buffer) { lines.append(Array(bytes[$0])) } }
    return lines
  }

  private func plainLines(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map(Array.init)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines.map { $0.last == 0x0d ? $0.dropLast() : $0 }
  }
}
