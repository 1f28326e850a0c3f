import ChaffTraining
import Testing

struct PrecisionRecallCurveTests {
  private let curve = PrecisionRecallCurve(ScoredSample.lines)

  @Test func averagePrecisionIsScikitLearns() throws {
    #expect(abs(try #require(curve.averagePrecision) - 0.8540734349262775) <= 1e-12)
  }

  @Test func pointsAreScikitLearns() {
    // precision_recall_curve, by falling threshold.
    let precisions = [
      1.0, 1.0, 1.0, 1.0, 1.0, 0.8333333333333334, 0.8571428571428571, 0.875, 0.8181818181818182, 0.75,
      0.7692307692307693, 0.7142857142857143, 0.7333333333333333, 0.6875, 0.6470588235294118, 0.6666666666666666,
      0.631578947368421, 0.6, 0.5714285714285714, 0.5652173913043478, 0.5416666666666666,
    ]
    #expect(curve.points.count == precisions.count)
    for (point, precision) in zip(curve.points, precisions) { #expect(abs(point.precision - precision) <= 1e-12) }
    #expect(curve.points.last.flatMap { curve.recall($0) } == 1)
    #expect(curve.support == 13)
  }

  @Test func equalProbabilitiesAreOneStep() {
    let tied = PrecisionRecallCurve([(0.5, true), (0.5, false), (0.5, false), (0.2, true)])
    #expect(tied.points.map(\.threshold) == [0.5, 0.2])
    #expect(tied.points.map(\.taken) == [3, 4])
  }

  @Test func goalsAreReachedAsTightlyAsCanBe() throws {
    let half = try #require(curve.reaching(recall: 0.5))
    #expect(half.threshold == 0.65 || half.threshold == 0.6)
    #expect((curve.recall(half) ?? 0) >= 0.5)
    let higher = curve.points.filter { $0.threshold > half.threshold }
    #expect(higher.allSatisfy { (curve.recall($0) ?? 0) < 0.5 })
    let precise = try #require(curve.reaching(precision: 0.8))
    #expect(precise.precision >= 0.8)
    #expect(curve.points.filter { $0.threshold < precise.threshold }.allSatisfy { $0.precision < 0.8 })
    #expect(curve.reaching(recall: 1)?.threshold == 0.1)
  }

  @Test func withoutMembersNothingIsDefined() {
    let empty = PrecisionRecallCurve([(0.5, false)])
    #expect(empty.averagePrecision == nil && empty.reaching(recall: 0.5) == nil)
    #expect(PrecisionRecallCurve([]).points.isEmpty)
  }

  @Test func thinnedCurvesKeepTheirEnds() {
    let many = PrecisionRecallCurve((0..<1000).map { (Double($0) / 1000, $0 % 3 != 0) })
    let thin = many.thinned(to: 10)
    #expect(thin.count == 10)
    #expect(thin.first == many.points.first && thin.last == many.points.last)
    #expect(curve.thinned(to: 100).allSatisfy { curve.points.contains($0) })
  }
}
