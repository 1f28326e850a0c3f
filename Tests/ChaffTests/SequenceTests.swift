import Chaff
import Testing

/// The most probable sequence through the public interface; `ViterbiTests` hold it to brute force.
struct SequenceTests {
  @Test func `Every line that is not blank has a label`() {
    let lines = [
      "Home", "", "Council votes to close the bridge", "By Ana Lopes",
      "The vote passed by 7 to 2 late on Monday, after a debate of three hours in which the mayor did not speak.",
      "“We were told in April that it would hold for another ten years,” said Joss Tregear, who has opened it since 1996.",
      "  ", "© 2021 Example Media. All rights reserved.",
    ]
    let labels = LineClassifier.standard.mostProbableSequence(lines: lines)
    #expect(labels.map { $0 == nil } == [false, true, false, false, false, false, true, false])
    #expect(labels[4...5].allSatisfy { $0?.path == "content/body" })
    #expect(labels[7]?.path == "navigation/legal")
  }

  @Test func `No lines give no labels`() {
    #expect(LineClassifier.standard.mostProbableSequence(lines: []).isEmpty)
    #expect(LineClassifier.standard.mostProbableSequence(lines: ["", " "]) == [nil, nil])
  }
}
