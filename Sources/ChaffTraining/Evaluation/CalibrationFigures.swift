import Chaff

/// Calibration with intervals from a bootstrap over pages.
package struct CalibrationFigures: Sendable {
  /// Of the predicted category's probability: whether the prediction is right.
  package let confidence: Calibration
  /// Of each category's probability: whether the line is of it.
  package let categories: [Calibration]
  /// The expected calibration error of the predicted category's probability.
  package let expectedError: Figure
  /// By category.
  package let expectedErrors: [Figure]
  /// By category: the mean square of probability less truth.
  package let brierScores: [Figure]
  /// The sum of the categories' Brier scores.
  package let brierScore: Figure
  /// In nats a line.
  package let logLoss: Figure

  init(_ evaluation: Evaluation, unitOfLine: [Int], units: Int, seed: UInt64) {
    let classes = evaluation.labels.categories.indices
    var confidences = [Calibration](repeating: Calibration(), count: units)
    var byCategory = [[Calibration]](repeating: confidences, count: classes.count)
    var losses = [Double](repeating: 0, count: units)
    for line in evaluation.lines.indices {
      let (unit, gold) = (unitOfLine[line], evaluation.goldCategory(line))
      confidences[unit].add(
        evaluation.confidence(line: line), isHit: gold == evaluation.predictedCategory(line))
      for category in classes {
        byCategory[category][unit].add(
          evaluation.probability(line: line, category: category), isHit: gold == category)
      }
      losses[unit] += evaluation.logLoss(line: line)
    }
    func sum(_ parts: [Calibration], _ draws: [Int32]) -> Calibration {
      var sum = Calibration()
      for (unit, times) in draws.enumerated() where times > 0 { sum.add(parts[unit], times: Int(times)) }
      return sum
    }
    func loss(_ draws: [Int32], _ lines: Int) -> Double? {
      guard lines > 0 else { return nil }
      return draws.indices.reduce(0) { $0 + losses[$1] * Double(draws[$1]) } / Double(lines)
    }
    func values(_ confidence: Calibration, _ categories: [Calibration], _ loss: Double?) -> [Double?] {
      let briers = categories.map(\.brierScore)
      let whole = briers.contains { $0 == nil } ? nil : briers.reduce(0) { $0 + ($1 ?? 0) }
      return [confidence.expectedError, whole, loss] + categories.map(\.expectedError) + briers
    }
    // Whole figures line by line, in order: the same additions as a reader of the predictions makes.
    let once = [Int32](repeating: 1, count: units)
    confidence = sum(confidences, once)
    categories = classes.map { sum(byCategory[$0], once) }
    let whole = values(confidence, categories, loss(once, evaluation.lines.count))
    let intervals = Bootstrap.intervals(units: units, count: whole.count, seed: seed) { draws in
      let confidence = sum(confidences, draws)
      return values(confidence, classes.map { sum(byCategory[$0], draws) }, loss(draws, confidence.lines))
    }
    let figures = zip(whole, intervals).map { Figure($0, $1) }
    (expectedError, brierScore, logLoss) = (figures[0], figures[1], figures[2])
    expectedErrors = Array(figures[3..<3 + classes.count])
    brierScores = Array(figures[(3 + classes.count)...])
  }
}
