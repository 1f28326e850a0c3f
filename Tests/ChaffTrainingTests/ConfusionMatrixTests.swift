import ChaffTraining
import Testing

struct ConfusionMatrixTests {
  /// Gold a: 3 as a, 1 as b; gold b: 2 as a, 4 as b; gold c: 1 as b. No line is predicted as c; d is nowhere.
  private let matrix = Self.matrix([[3, 1, 0, 0], [2, 4, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]])

  private static func matrix(_ rows: [[Int]]) -> ConfusionMatrix {
    var matrix = ConfusionMatrix(classes: Array(["a", "b", "c", "d"].prefix(rows.count)))
    for (gold, row) in rows.enumerated() {
      for (predicted, count) in row.enumerated() {
        for _ in 0..<count { matrix.add(gold: gold, predicted: predicted) }
      }
    }
    return matrix
  }

  private func isNear(_ value: Double?, _ expected: Double) -> Bool {
    value.map { abs($0 - expected) < 1e-12 } ?? false
  }

  @Test func countsAreRowsOfGold() {
    #expect(matrix.counts == [3, 1, 0, 0, 2, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0])
    #expect(matrix.total == 11)
    #expect(matrix.agreeing == 7)
    #expect(matrix.classes.indices.map(matrix.support) == [4, 6, 1, 0])
    #expect(matrix.classes.indices.map(matrix.predicted) == [5, 6, 0, 0])
    #expect(matrix.classes.indices.map(matrix.correct) == [3, 4, 0, 0])
  }

  @Test func figuresOfClasses() {
    #expect(matrix.accuracy == 7.0 / 11)
    #expect(matrix.classes.indices.map(matrix.precision) == [3.0 / 5, 4.0 / 6, nil, nil])
    #expect(matrix.classes.indices.map(matrix.recall) == [3.0 / 4, 4.0 / 6, 0, nil])
    // One undefined side is no reason for an undefined F1; two are.
    #expect(matrix.classes.indices.map(matrix.f1) == [6.0 / 9, 8.0 / 12, 0, nil])
  }

  @Test func macroAveragesAreOverSupportedClasses() {
    #expect(isNear(matrix.macroPrecision, (3.0 / 5 + 4.0 / 6 + 0) / 3))
    #expect(isNear(matrix.macroRecall, (3.0 / 4 + 4.0 / 6 + 0) / 3))
    #expect(isNear(matrix.macroF1, (6.0 / 9 + 8.0 / 12 + 0) / 3))
  }

  @Test func nothingIsDefinedWithoutLines() {
    for matrix in [ConfusionMatrix(classes: []), ConfusionMatrix(classes: ["a", "b"])] {
      #expect(matrix.total == 0)
      #expect(matrix.accuracy == nil)
      #expect(matrix.macroF1 == nil && matrix.macroPrecision == nil && matrix.macroRecall == nil)
    }
    #expect(ConfusionMatrix(classes: ["a"]).f1(0) == nil)
  }

  @Test func predictedWithoutSupport() {
    // Gold a, predicted b: b has a precision and an F1 of 0, but no recall, and no part in the averages.
    let matrix = Self.matrix([[1, 1], [0, 0]])
    #expect(matrix.precision(1) == 0)
    #expect(matrix.recall(1) == nil)
    #expect(matrix.f1(1) == 0)
    #expect(matrix.macroF1 == 2.0 / 3)
    #expect(matrix.macroRecall == 0.5)
    #expect(matrix.macroPrecision == 1)
  }

  @Test func matricesAddUp() {
    var sum = matrix
    sum.add(Self.matrix([[1, 0, 0, 0], [0, 0, 5, 0], [0, 0, 0, 0], [0, 0, 0, 2]]))
    #expect(sum.counts == [4, 1, 0, 0, 2, 4, 5, 0, 0, 1, 0, 0, 0, 0, 0, 2])
    #expect(sum.classes == ["a", "b", "c", "d"])
  }

  /// F1 is the harmonic mean of precision and recall wherever both are defined and not 0.
  @Test func f1IsTheHarmonicMean() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<100 {
      let matrix = Self.matrix((0..<3).map { _ in (0..<3).map { _ in Int.random(in: 0...4, using: &generator) } })
      for index in 0..<3 {
        guard let precision = matrix.precision(index), let recall = matrix.recall(index), precision + recall > 0 else {
          continue
        }
        #expect(isNear(matrix.f1(index), 2 * precision * recall / (precision + recall)))
      }
    }
  }
}
