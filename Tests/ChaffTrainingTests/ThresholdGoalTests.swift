import ChaffTraining
import Testing

struct ThresholdGoalTests {
  @Test func reads() throws {
    let goal = try #require(ThresholdGoal("content.recall=0.995"))
    #expect(goal.category == "content" && goal.figure == .recall && goal.value == 0.995)
    let odd = try #require(ThresholdGoal("a.b=c.precision=1"))
    #expect(odd.category == "a.b=c" && odd.figure == .precision)
  }

  @Test(arguments: [
    "", "content", "content.recall", "content.recall=", "content.recall=2", "content.f1=0.5", ".recall=1", "recall=0.5",
  ])
  func refuses(text: String) {
    #expect(ThresholdGoal(text) == nil)
  }

  @Test func findsItsPoint() throws {
    let curve = PrecisionRecallCurve(ScoredSample.lines)
    #expect(try #require(ThresholdGoal("x.recall=1")).point(on: curve) == curve.reaching(recall: 1))
    #expect(try #require(ThresholdGoal("x.precision=0.8")).point(on: curve) == curve.reaching(precision: 0.8))
  }
}
