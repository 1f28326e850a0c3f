import Chaff
import ChaffChecks
import Testing

struct LineFormTests {
  @Test func `The form goes by words, and by the stop where lines are of middling length`() {
    let words = [0, 1, 2, 3, 6, 7, 14, 15, 24, 25, 400]
    #expect(words.map { LineForm.of(line(of: $0, stop: "")) } == [0, 0, 0, 1, 1, 2, 2, 4, 4, 5, 5])
    #expect(words.map { LineForm.of(line(of: $0, stop: ".")) } == [0, 0, 0, 1, 1, 3, 3, 4, 4, 5, 5])
    #expect(LineForm.count == 6)
  }

  private func line(of words: Int, stop: String) -> LineLook {
    RecordingSink.look(Array(repeating: "word", count: words).joined(separator: " ") + stop)
  }
}
