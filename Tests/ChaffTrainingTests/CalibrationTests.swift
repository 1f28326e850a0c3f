import ChaffTraining
import Testing

struct CalibrationTests {
  private var sample: Calibration {
    var calibration = Calibration()
    for (probability, isMember) in ScoredSample.lines { calibration.add(probability, isHit: isMember) }
    return calibration
  }

  @Test func brierScoreIsScikitLearns() throws {
    #expect(abs(try #require(sample.brierScore) - 0.179125) <= 1e-12)
  }

  @Test func binsAreThoseOfCalibrationCurve() {
    let shares = [0.3333333333333333, 0.0, 0.5, 0.3333333333333333, 0.5, 0.5, 1.0, 0.5, 1.0, 1.0]
    let means = [
      0.07333333333333335, 0.175, 0.275, 0.35333333333333333, 0.475, 0.5875, 0.675, 0.775, 0.875, 0.975,
    ]
    for (bin, (share, mean)) in zip(sample.bins, zip(shares, means)) {
      #expect(abs((bin.share ?? -1) - share) <= 1e-12 && abs((bin.meanProbability ?? -1) - mean) <= 1e-12)
    }
  }

  @Test func expectedErrorIsTheMeanDistanceOfTheBins() throws {
    let expected = sample.bins.reduce(0.0) { sum, bin in
      sum + Double(bin.lines) / 24 * abs((bin.share ?? 0) - (bin.meanProbability ?? 0))
    }
    #expect(abs(try #require(sample.expectedError) - expected) <= 1e-12)
  }

  @Test func logLossIsScikitLearns() {
    let sum = ScoredSample.lines.reduce(0.0) { $0 + LogLoss.of($1.isMember ? $1.probability : 1 - $1.probability) }
    #expect(abs(sum / 24 - 0.5319627238276853) <= 1e-12)
    #expect(LogLoss.of(0) == LogLoss.of(LogLoss.least))
  }

  @Test func aLineMayCountTwice() {
    var (twice, both) = (Calibration(), Calibration())
    for line in ScoredSample.lines {
      twice.add(line.probability, isHit: line.isMember, times: 2)
      for _ in 0..<2 { both.add(line.probability, isHit: line.isMember) }
    }
    #expect(twice.bins.map(\.lines) == both.bins.map(\.lines) && twice.bins.map(\.hits) == both.bins.map(\.hits))
    #expect(abs((twice.brierScore ?? 0) - (both.brierScore ?? 1)) <= 1e-12 && twice.lines == 48)
  }

  @Test func withoutLinesNothingIsDefined() {
    #expect(Calibration().brierScore == nil && Calibration().expectedError == nil)
    #expect(Calibration().bins.allSatisfy { $0.share == nil && $0.meanProbability == nil })
  }
}
