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
    let lines = evaluation.lines.indices
    let sure = BinnedLines(
      lines.map { line in
        (evaluation.confidence(line: line), evaluation.goldCategory(line) == evaluation.predictedCategory(line))
      }, units: unitOfLine)
    let each = classes.map { category in
      BinnedLines(
        lines.map { line in
          (evaluation.probability(line: line, category: category), evaluation.goldCategory(line) == category)
        }, units: unitOfLine)
    }
    let losses = lines.map { evaluation.logLoss(line: $0) }
    func values(_ draws: [Int32], _ confidence: Calibration, _ categories: [Calibration]) -> [Double?] {
      let briers = categories.map(\.brierScore)
      let whole = briers.contains { $0 == nil } ? nil : briers.reduce(0) { $0 + ($1 ?? 0) }
      let loss = lines.reduce(0.0) { $0 + losses[$1] * Double(draws[unitOfLine[$1]]) }
      return [confidence.expectedError, whole, confidence.lines > 0 ? loss / Double(confidence.lines) : nil]
        + categories.map(\.expectedError) + briers
    }
    let once = [Int32](repeating: 1, count: units)
    confidence = sure.calibration(once)
    categories = each.map { $0.calibration(once) }
    let whole = values(once, confidence, categories)
    let intervals = Bootstrap.intervals(units: units, count: whole.count, seed: seed) { draws in
      values(draws, sure.calibration(draws), each.map { $0.calibration(draws) })
    }
    let figures = zip(whole, intervals).map { Figure($0, $1) }
    (expectedError, brierScore, logLoss) = (figures[0], figures[1], figures[2])
    expectedErrors = Array(figures[3..<3 + classes.count])
    brierScores = Array(figures[(3 + classes.count)...])
  }
}

/// Probabilities with their bins, for the calibration of resamples.
private struct BinnedLines {
  private let probabilities: [Double]
  private let isHit: [Bool]
  private let bins: [UInt8]
  private let units: [Int]

  init(_ lines: [(probability: Double, isHit: Bool)], units: [Int]) {
    let empty = Calibration()
    probabilities = lines.map(\.probability)
    isHit = lines.map(\.isHit)
    bins = lines.map { UInt8(empty.bin(of: $0.probability)) }
    self.units = units
  }

  /// The calibration of the lines, each as often as its unit was drawn, added in their order.
  func calibration(_ draws: [Int32]) -> Calibration {
    var counts = [Int](repeating: 0, count: Calibration.binCount)
    var hits = counts
    var sums = [Double](repeating: 0, count: Calibration.binCount)
    var squares = 0.0
    for line in probabilities.indices {
      let times = Int(draws[units[line]])
      guard times > 0 else { continue }
      let bin = Int(bins[line])
      let probability = probabilities[line]
      let error = isHit[line] ? probability - 1 : probability
      counts[bin] += times
      hits[bin] += isHit[line] ? times : 0
      sums[bin] += probability * Double(times)
      squares += error * error * Double(times)
    }
    return Calibration(lines: counts, hits: hits, probabilities: sums, squares: squares)
  }
}
