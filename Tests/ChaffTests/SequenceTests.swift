import Chaff
import Testing

/// The most probable sequence through the public interface; `ViterbiTests` hold it to brute force.
struct SequenceTests {
  @Test func `Every line that is not blank has a label`() {
    let lines = ["Home", "", "The vote passed by 7 to 2 late on Monday, the mayor said.", "  ", "© 2021 Example Media"]
    let labels = LineClassifier.standard.mostProbableSequence(lines: lines)
    #expect(labels.map { $0 == nil } == [false, true, false, true, false])
    #expect(labels[2]?.category == "content")
    #expect(labels[4]?.path == "navigation/legal")
  }

  @Test func `No lines give no labels`() {
    #expect(LineClassifier.standard.mostProbableSequence(lines: []).isEmpty)
    #expect(LineClassifier.standard.mostProbableSequence(lines: ["", " "]) == [nil, nil])
  }
}
