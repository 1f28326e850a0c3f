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

  @Test(arguments: [1, 20, 400])
  func `Many rows at once are written as each by itself`(_ count: Int) throws {
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
}
