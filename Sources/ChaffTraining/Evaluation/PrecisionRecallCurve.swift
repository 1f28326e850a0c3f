/// Precision and recall of a category at every threshold of its probability.
///
/// A line is taken for the category if its probability is at least the threshold, as `clean` does.
package struct PrecisionRecallCurve: Sendable, Equatable {
  /// What a threshold gives; one for each probability that occurs.
  package struct Point: Sendable, Equatable {
    package let threshold: Double
    /// Lines of the category that are taken for it.
    package let correct: Int
    /// Lines that are taken for it.
    package let taken: Int

    package var precision: Double { Double(correct) / Double(taken) }
  }

  /// By falling threshold.
  package let points: [Point]
  /// Lines of the category.
  package let support: Int

  /// - Complexity: O(*n* log *n*).
  package init(_ lines: [(probability: Double, isMember: Bool)]) {
    let sorted = lines.sorted { $0.probability > $1.probability }
    var points: [Point] = []
    var correct = 0
    for (index, line) in sorted.enumerated() {
      if line.isMember { correct += 1 }
      if index + 1 == sorted.count || sorted[index + 1].probability < line.probability {
        points.append(Point(threshold: line.probability, correct: correct, taken: index + 1))
      }
    }
    self.points = points
    support = correct
  }

  package func recall(_ point: Point) -> Double? {
    support > 0 ? Double(point.correct) / Double(support) : nil
  }

  /// `Σ (R_n − R_{n−1}) P_n`, the area under the curve as steps; nil without lines of the category.
  package var averagePrecision: Double? {
    guard support > 0 else { return nil }
    var before = 0
    var sum = 0.0
    for point in points {
      sum += Double(point.correct - before) * point.precision
      before = point.correct
    }
    return sum / Double(support)
  }

  /// The highest threshold at which so much of the category is found: the most precise that suffices by falling
  /// threshold. Nil without lines of the category.
  package func reaching(recall: Double) -> Point? {
    guard support > 0 else { return nil }
    return points.first { Double($0.correct) / Double(support) >= recall }
  }

  /// The lowest threshold at which the category is at least so precise: the most that can be found. Nil if none is.
  package func reaching(precision: Double) -> Point? {
    points.last { $0.precision >= precision }
  }

  /// At most so many points, the ends among them: those where the curve turns, evenly spread if they are too many.
  package func thinned(to count: Int) -> [Point] {
    let turns = points.indices.filter { index in
      // A hit, or the last miss before one.
      index == 0 || index + 1 == points.count || points[index].correct > points[index - 1].correct
        || points[index].correct < points[index + 1].correct
    }
    guard turns.count > count, count > 1 else { return turns.map { points[$0] } }
    return (0..<count).map { points[turns[$0 * (turns.count - 1) / (count - 1)]] }
  }
}

extension Evaluation {
  /// The curve of a category.
  package func curve(category: Int) -> PrecisionRecallCurve {
    PrecisionRecallCurve(
      lines.indices.map { (probability(line: $0, category: category), goldCategory($0) == category) })
  }
}
