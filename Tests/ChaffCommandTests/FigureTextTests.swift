import ChaffTraining
import Testing

@testable import ChaffCommand

struct FigureTextTests {
  @Test func intervalsAreShort() {
    #expect(FigureText.long(.proportion(9, of: 10)) == "0.9000 (.596–.982)")
    #expect(FigureText.long(.proportion(10, of: 10)) == "1.0000 (.722–1.000)")
    #expect(FigureText.long(.proportion(0, of: 0)) == "n/a")
    #expect(FigureText.long(Figure(nil, nil)) == "n/a")
  }

  @Test func signsAndPercentages() {
    #expect(FigureText.signed(0.5) == "+0.5000" && FigureText.signed(-0.25, decimals: 2) == "−0.25")
    #expect(FigureText.signed(nil) == "n/a")
    #expect(FigureText.percent(0.1234) == "12.3 %" && FigureText.percent(nil) == "n/a")
    #expect(Interval.percentile([-0.25, -0.25]).map(FigureText.range) == "-.250–-.250")
    #expect(Interval.wilson(successes: 0, trials: 4).map { FigureText.percentRange($0) } == "0.0–49.0")
  }
}
