import ChaffTraining
import Testing

struct McNemarTests {
  /// Recorded from scipy's `binomtest`.
  @Test(arguments: [
    (3, 11, 0.057373046875), (11, 3, 0.057373046875), (40, 62, 0.037066767438560584), (0, 5, 0.0625),
    (700, 800, 0.010559255466711506),
  ])
  func equalsTheBinomialTest(first: Int, second: Int, p: Double) {
    #expect(abs(McNemar(firstOnly: first, secondOnly: second).pValue - p) <= 1e-11)
  }

  @Test func evenSplitsAreChance() {
    #expect(McNemar().pValue == 1)
    #expect(McNemar(firstOnly: 7, secondOnly: 7).pValue == 1)
  }

  @Test func onlyLinesOnWhichTheyDifferCount() {
    var test = McNemar()
    for (first, second) in [(true, true), (false, false), (true, false), (false, true), (true, false)] {
      test.add(first: first, second: second)
    }
    #expect(test == McNemar(firstOnly: 2, secondOnly: 1))
  }
}
