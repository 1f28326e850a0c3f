import Chaff
import ChaffTraining
import Testing

struct ComparisonTests {
  private func evaluations() throws -> (Evaluation, Evaluation) {
    let pages = try Toy.sites()
    let good = try Toy.classifier(pages, ToyModel.options)
    let poor = try Toy.classifier(Array(pages.prefix(1)), Toy.fast)
    let judge = pages.map { _ in 0 }
    return (
      Evaluation(pages, judges: [good], judgeOfPage: judge, linesAlone: true, more: poor.labels),
      Evaluation(pages, judges: [poor], judgeOfPage: judge, linesAlone: true, more: good.labels)
    )
  }

  @Test func changedLinesAreThoseThatOneHasRight() throws {
    let (first, second) = try evaluations()
    let comparison = Comparison(first, second)
    let right = first.lines.indices.map { line in
      (
        first.predictedCategory(line) == first.goldCategory(line),
        second.predictedCategory(line) == second.goldCategory(line)
      )
    }
    #expect(Set(comparison.changed) == Set(right.indices.filter { right[$0].0 != right[$0].1 }))
    #expect(comparison.test.firstOnly == right.filter { $0.0 && !$0.1 }.count)
    #expect(comparison.test.secondOnly == right.filter { $0.1 && !$0.0 }.count)
    #expect(comparison.kinds.reduce(0) { $0 + $1.support } == first.lines.count)
    #expect(comparison.kinds.reduce(0) { $0 + $1.firstRight } == first.categories.agreeing)
  }

  @Test func differencesAreFirstLessSecond() throws {
    let (first, second) = try evaluations()
    let comparison = Comparison(first, second)
    let accuracy = try #require(comparison.differences.first)
    #expect(accuracy.name == "accuracy")
    let expected = try #require(first.categories.accuracy) - (try #require(second.categories.accuracy))
    #expect(accuracy.difference.value == expected)
    let interval = try #require(accuracy.difference.interval)
    #expect(interval.low <= expected && expected <= interval.high)
    #expect(comparison.differences.count == 2 + first.categories.classes.count)
  }

  @Test func aModelEqualsItself() throws {
    let (first, _) = try evaluations()
    let comparison = Comparison(first, first)
    #expect(comparison.changed.isEmpty && comparison.test.pValue == 1)
    for row in comparison.differences where row.difference.value != nil {
      #expect(row.difference.value == 0 && row.winShare == 0.5)
      #expect(row.difference.interval == Interval.percentile([0]))
    }
  }
}
