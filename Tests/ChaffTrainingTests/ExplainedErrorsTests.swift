import ChaffTraining
import Testing

struct ExplainedErrorsTests {
  @Test func linesAreExplainedAgainstWhatTheyAre() throws {
    var pages = try Toy.sites()
    let footer = pages[0].rows[8].label
    pages[0].rows[0].label = footer
    let evaluation = Evaluation(pages, classifier: try Toy.classifier(Toy.sites(), ToyModel.options))
    var explained = ExplainedErrors(evaluation)
    for line in evaluation.lines.indices {
      let scored = evaluation.lines[line]
      let explanation = explained.explanation(line: line)
      let found = try #require(explanation)
      #expect(found.label == evaluation.labels.labels[scored.predicted])
      if scored.gold != scored.predicted {
        #expect(found.runnerUp == evaluation.labels.labels[scored.gold])
      } else {
        #expect(found.runnerUp.category != found.label.category)
      }
    }
  }

  @Test func aLabelThatTheModelDoesNotKnowIsPassedOver() throws {
    let pages = try Toy.pages("other/thing\tHome\nnav/menu\tSport\n")
    let evaluation = Evaluation(pages, classifier: try Toy.classifier(Toy.sites(), ToyModel.options))
    var explained = ExplainedErrors(evaluation)
    let explanation = explained.explanation(line: 0)
    #expect(try #require(explanation).runnerUp.category != "other")
  }
}
