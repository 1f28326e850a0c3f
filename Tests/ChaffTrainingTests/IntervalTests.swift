import ChaffTraining
import Testing

struct IntervalTests {
  /// Successes, trials, ends: from Wilson's formula with z = 1.959964, worked out in Python's `decimal`.
  static let wilson: [(Int, Int, Double, Double)] = [
    (8, 10, 0.490162471537, 0.943317848546),
    (1, 2, 0.094531205734, 0.905468794266),
    (0, 10, 0.000000000000, 0.277532799863),
    (10, 10, 0.722467200137, 1.000000000000),
    (1, 1, 0.206549314377, 1.000000000000),
    (97, 100, 0.915480635709, 0.989745475976),
    (1, 1000, 0.000176546371, 0.005642558598),
  ]

  @Test(arguments: wilson)
  func wilsonByHand(_ successes: Int, _ trials: Int, _ low: Double, _ high: Double) throws {
    let interval = try #require(Interval.wilson(successes: successes, trials: trials))
    #expect(abs(interval.low - low) < 1e-9)
    #expect(abs(interval.high - high) < 1e-9)
  }

  @Test func wilsonWithoutTrials() {
    #expect(Interval.wilson(successes: 0, trials: 0) == nil)
  }

  /// The ends are the proportions that lie just z standard errors from what was seen (Wilson 1927).
  @Test func wilsonEndsSolveItsEquation() throws {
    let z = 1.959963984540054
    for trials in 1...25 {
      for successes in 0...trials {
        let interval = try #require(Interval.wilson(successes: successes, trials: trials))
        let seen = Double(successes) / Double(trials)
        #expect(interval.low <= seen && seen <= interval.high)
        #expect(interval.low >= 0 && interval.high <= 1)
        for end in [interval.low, interval.high] where end > 0 && end < 1 {
          let distance = (seen - end) * (seen - end) * Double(trials)
          #expect(abs(distance - z * z * end * (1 - end)) < 1e-9)
        }
        let mirrored = try #require(Interval.wilson(successes: trials - successes, trials: trials))
        #expect(abs(mirrored.low - (1 - interval.high)) < 1e-12)
      }
    }
  }

  @Test func percentiles() throws {
    #expect(Interval.percentile([]) == nil)
    let one = try #require(Interval.percentile([0.25]))
    #expect(one.low == 0.25 && one.high == 0.25)
    // 41 values: the ends fall on the second and the last but one.
    let many = try #require(Interval.percentile((0...40).reversed().map(Double.init)))
    #expect(many.low == 1 && many.high == 39)
    // Two values: between them.
    let two = try #require(Interval.percentile([10, 0]))
    #expect(abs(two.low - 0.25) < 1e-12 && abs(two.high - 9.75) < 1e-12)
  }
}
