/// A category's lines by falling probability, for average precision of resamples.
struct RankedLines: Sendable {
  /// The unit (page or group of pages) of each line.
  private let units: [Int32]
  private let isMember: [Bool]
  /// Whether the next line has a lower probability.
  private let endsStep: [Bool]

  init(_ lines: [(probability: Double, isMember: Bool, unit: Int)]) {
    let sorted = lines.sorted { $0.probability > $1.probability }
    units = sorted.map { Int32($0.unit) }
    isMember = sorted.map(\.isMember)
    endsStep = sorted.indices.map { index in
      index + 1 == sorted.count || sorted[index + 1].probability < sorted[index].probability
    }
  }

  /// The average precision of a resample; nil if it has no line of the category.
  /// - Complexity: O(lines).
  func averagePrecision(_ draws: [Int32]) -> Double? {
    var (correct, taken, before) = (0, 0, 0)
    var sum = 0.0
    for index in units.indices {
      let times = Int(draws[Int(units[index])])
      taken += times
      if isMember[index] { correct += times }
      if endsStep[index] && correct > before {
        sum += Double(correct - before) * Double(correct) / Double(taken)
        before = correct
      }
    }
    return correct > 0 ? sum / Double(correct) : nil
  }
}
