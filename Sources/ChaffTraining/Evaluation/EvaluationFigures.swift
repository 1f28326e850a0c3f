import Chaff

/// A figure and the range that holds its true value in 95 of 100 samples; both nil where it is undefined.
package struct Figure: Sendable, Equatable {
  package let value: Double?
  package let interval: Interval?

  package init(_ value: Double?, _ interval: Interval?) {
    self.value = value
    self.interval = value == nil ? nil : interval
  }

  /// A proportion with Wilson's interval.
  package static func proportion(_ part: Int, of whole: Int) -> Figure {
    Figure(
      whole > 0 ? Double(part) / Double(whole) : nil, Interval.wilson(successes: part, trials: whole))
  }
}

/// All figures of an evaluation, with their intervals: Wilson's for proportions of lines, a bootstrap over pages (over
/// groups of pages, where they belong together) for all others.
package struct EvaluationFigures: Sendable {
  package let evaluation: Evaluation
  package let seed: UInt64
  /// How many units the bootstrap draws from.
  package let units: Int
  package let categories: MatrixFigures
  package let kinds: MatrixFigures
  /// By category.
  package let curves: [PrecisionRecallCurve]
  /// By category.
  package let averagePrecision: [Figure]
  package let calibration: CalibrationFigures
  package let tradeOff: CleanTradeOff?
  /// What the named thresholds of `clean` give; empty without an article.
  package let cleaning: [CleaningFigures]
  package let confusions: Confusions

  /// - Parameters:
  ///   - seed: of the bootstrap.
  ///   - progress: is told how much is done, from 0 to 1.
  /// - Complexity: O(resamples × lines × categories).
  package init(_ evaluation: Evaluation, seed: UInt64 = Bootstrap.seed, progress: (Double) -> Void = { _ in }) {
    self.evaluation = evaluation
    self.seed = seed
    let groups = PageGroup.numbers(evaluation.pages)
    let units = (groups.max() ?? -1) + 1
    self.units = units
    categories = MatrixFigures(
      evaluation.categories, pages: evaluation.categoriesByPage, groups: groups, seed: seed)
    progress(0.1)
    kinds = MatrixFigures(evaluation.kinds, pages: evaluation.kindsByPage, groups: groups, seed: seed)
    progress(0.3)
    let unitOfLine = evaluation.lines.map { groups[$0.page] }
    let classes = evaluation.labels.categories.indices
    let curves = classes.map { evaluation.curve(category: $0) }
    self.curves = curves
    averagePrecision = Self.averagePrecision(evaluation, curves, unitOfLine, units, seed)
    progress(0.8)
    calibration = CalibrationFigures(evaluation, unitOfLine: unitOfLine, units: units, seed: seed)
    progress(0.95)
    tradeOff = evaluation.cleanTradeOff
    cleaning = CleaningFigures.of(evaluation, tradeOff, unitOfLine: unitOfLine, units: units, seed: seed)
    confusions = Confusions(evaluation)
  }

  private static func averagePrecision(
    _ evaluation: Evaluation, _ curves: [PrecisionRecallCurve], _ unitOfLine: [Int], _ units: Int, _ seed: UInt64
  ) -> [Figure] {
    let ranked = curves.indices.map { category in
      RankedLines(
        evaluation.lines.indices.map { line in
          (
            evaluation.probability(line: line, category: category), evaluation.goldCategory(line) == category,
            unitOfLine[line]
          )
        })
    }
    let intervals = Bootstrap.intervals(units: units, count: curves.count, seed: seed) { draws in
      ranked.map { $0.averagePrecision(draws) }
    }
    return zip(curves, intervals).map { Figure($0.averagePrecision, $1) }
  }
}
