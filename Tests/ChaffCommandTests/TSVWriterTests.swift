import CLanes
import Chaff
import Foundation
import Testing

@testable import ChaffCommand

struct TSVWriterTests {
  /// A judged window of a page.
  private func window(_ text: String) -> Window {
    let model = LineClassifier.standard.model
    let window = Window(model: model, linesAlone: false)
    var carry = ForwardBackward.Carry()
    Array(text.utf8).withUnsafeBufferPointer { #expect(window.text.append(text: $0) == $0.count) }
    window.text.end()
    window.endsPage = true
    window.score(with: LineScorer(model: model))
    window.forward(from: &carry)
    window.decide(lookingAt: nil)
    return window
  }

  @Test(arguments: [1, 20, 400], [128, 256, 512])
  func `Many rows at once are written as each by itself`(_ count: Int, _ bits: Int) throws {
    chaff_limit_vectors(Int32(bits))
    defer { chaff_limit_vectors(512) }
    let some = "The vote passed by 7 to 2 late on Monday.\r\n\nHome\r\n \t\nA line with\ttabs\u{e9}\r\r\n"
    for end in ["", "no end", "no end\r"] {
      let window = window(String(repeating: some, count: count) + end)
      let rows = JudgedRows(window: window, groups: 1)
      let writer = TSVWriter(labels: LineClassifier.standard.model.labels)
      let files = try Scratch()
      let path = files.path("rows")
      #expect(FileManager.default.createFile(atPath: path, contents: nil))
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      let output = OutputStream(descriptor: file.fileDescriptor)
      try output.write("before\n")
      var many = writer
      try many.write(rows, to: output)
      try output.flush()
      var expected = Array("before\n".utf8)
      var one = writer
      rows.forEach { one.write($0, into: &expected) }
      #expect(Array(try Data(contentsOf: URL(fileURLWithPath: path))) == expected)
    }
  }

  @Test func `Probabilities are written as each by itself`() {
    let probabilities =
      [0, 1, 0.5, 0.99995, 0.999949, 0.00005, 0.000049, .leastNonzeroMagnitude, Float(1).nextDown]
      + (0..<10_000).map { (Float($0) + 0.5) / 10_000 } + (0...10_000).map { Float($0) / 10_000 }
    let text = [UInt8](repeating: 0x0a, count: probabilities.count + 64)
    let feeds = (0..<UInt32(probabilities.count)).map { $0 }
    let blanks = [UInt8](repeating: 0, count: probabilities.count)
    // One label, "a".
    let heads = [9, 0x61, 0x09] + [UInt8](repeating: 0, count: 48)
    var written = [UInt8](repeating: 0, count: probabilities.count * 10 + 64)
    var count = 0
    text.withUnsafeBufferPointer { text in
      feeds.withUnsafeBufferPointer { feeds in
        blanks.withUnsafeBufferPointer { blanks in
          probabilities.withUnsafeBufferPointer { probabilities in
            heads.withUnsafeBufferPointer { heads in
              var rows = chaff_decided_rows(
                text: text.baseAddress, feeds: feeds.baseAddress, count: feeds.count, ended_count: feeds.count,
                is_blank: blanks.baseAddress, lines: feeds.count, labels: blanks.baseAddress,
                probabilities: probabilities.baseAddress)
              var heads = chaff_row_heads(bytes: heads.baseAddress, size: 10)
              chaff_write_rows(&rows, &heads, &written, &count)
            }
          }
        }
      }
    }
    var expected: [UInt8] = []
    for probability in probabilities {
      expected += [0x61, 0x09]
      DecimalText.append(probability: probability, to: &expected)
      expected += [0x09, 0x0a]
    }
    #expect(Array(written[..<count]) == expected)
  }
}
