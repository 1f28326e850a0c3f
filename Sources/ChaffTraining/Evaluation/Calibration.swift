import Chaff

/// How far probabilities can be taken at their word.
package struct Calibration: Sendable, Equatable {
  /// Lines whose probability lies in a range.
  package struct Bin: Sendable, Equatable {
    package var low: Double
    package var high: Double
    package var lines = 0
    package var hits = 0
    package var probabilities = 0.0

    /// The mean probability; nil for an empty bin.
    package var meanProbability: Double? { lines > 0 ? probabilities / Double(lines) : nil }
    /// The share of lines that are what was said; nil for an empty bin.
    package var share: Double? { lines > 0 ? Double(hits) / Double(lines) : nil }
  }

  /// How many bins of equal width.
  package static let binCount = 10

  /// The lowest first; a bin holds its upper end, and the first also 0.
  package private(set) var bins: [Bin]
  /// How many lines.
  package private(set) var lines = 0
  private var squares = 0.0

  package init() {
    let edges = (0...Self.binCount).map { $0 == Self.binCount ? 1 : Double($0) * (1 / Double(Self.binCount)) }
    bins = (0..<Self.binCount).map { Bin(low: edges[$0], high: edges[$0 + 1]) }
  }

  /// - Parameters: by bin, and the sum over all lines of the square of probability less truth.
  init(lines: [Int], hits: [Int], probabilities: [Double], squares: Double) {
    self.init()
    for bin in bins.indices {
      (bins[bin].lines, bins[bin].hits, bins[bin].probabilities) = (lines[bin], hits[bin], probabilities[bin])
    }
    self.lines = lines.reduce(0, +)
    self.squares = squares
  }

  /// Adds a line.
  package mutating func add(_ probability: Double, isHit: Bool, times: Int = 1) {
    let bin = bin(of: probability)
    bins[bin].lines += times
    bins[bin].hits += isHit ? times : 0
    bins[bin].probabilities += probability * Double(times)
    lines += times
    let error = probability - (isHit ? 1 : 0)
    squares += error * error * Double(times)
  }

  /// The number of the bin that holds a probability.
  func bin(of probability: Double) -> Int {
    bins.dropLast().firstIndex { probability <= $0.high } ?? Self.binCount - 1
  }

  /// The mean square of probability less truth (Brier 1950), of this one event; nil without lines.
  package var brierScore: Double? { lines > 0 ? squares / Double(lines) : nil }

  /// The expected calibration error: the mean distance of probability and share over the bins, by lines (Naeini et al.
  /// 2015); nil without lines.
  package var expectedError: Double? {
    guard lines > 0 else { return nil }
    return bins.reduce(0) { $0 + abs($1.probabilities - Double($1.hits)) } / Double(lines)
  }
}

/// The mean logarithm of what the true category was given.
package enum LogLoss {
  /// Probabilities below are taken as this, as in scikit-learn, so that one sure error is not infinite.
  package static let least = 2.220446049250313e-16

  /// The loss of one line, in nats.
  package static func of(_ probability: Double) -> Double { -Reproducible.log(min(max(probability, least), 1 - least)) }
}

extension Evaluation {
  /// The calibration of one category's probability on all lines.
  package func calibration(category: Int) -> Calibration {
    var calibration = Calibration()
    for line in lines.indices {
      calibration.add(probability(line: line, category: category), isHit: goldCategory(line) == category)
    }
    return calibration
  }

  /// The log loss of a line, of its true category.
  package func logLoss(line: Int) -> Double { LogLoss.of(probability(line: line, category: goldCategory(line))) }
}
