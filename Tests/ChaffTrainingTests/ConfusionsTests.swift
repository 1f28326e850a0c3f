import ChaffTraining
import Testing

struct ConfusionsTests {
  @Test func everyWrongLineIsInItsGroupTheSurestFirst() throws {
    let pages = try Toy.sites()
    // Gold labels that are wrong on purpose: every third row claims to be registration.
    var wrong = pages
    for page in wrong.indices {
      for row in wrong[page].rows.indices where row % 3 == 0 { wrong[page].rows[row].label = pages[0].rows[5].label }
    }
    let evaluation = Evaluation(wrong, classifier: try Toy.classifier(pages, ToyModel.options))
    let confusions = Confusions(evaluation)
    let matrix = evaluation.categories
    #expect(confusions.groups.reduce(0) { $0 + $1.lines.count } == matrix.total - matrix.agreeing)
    #expect(matrix.total > matrix.agreeing)
    for group in confusions.groups {
      #expect(group.gold != group.predicted)
      #expect(group.lines.count == matrix.counts[group.gold * matrix.classes.count + group.predicted])
      let confidences = group.lines.map { evaluation.confidence(line: $0) }
      #expect(confidences == confidences.sorted(by: >))
    }
    let counts = confusions.groups.map(\.lines.count)
    #expect(counts == counts.sorted(by: >))
  }
}
