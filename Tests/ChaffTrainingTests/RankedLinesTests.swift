import Testing

@testable import ChaffTraining

struct RankedLinesTests {
  @Test func aResampleIsWhatItsLinesAre() throws {
    var generator = SplitMix64(seed: 70)
    for _ in 0..<20 {
      let lines = (0..<60).map { _ in
        (
          probability: Double(Int.random(in: 0...20, using: &generator)) / 20,
          isMember: Bool.random(using: &generator), unit: Int.random(in: 0..<8, using: &generator)
        )
      }
      let draws = (0..<8).map { _ in Int32.random(in: 0...3, using: &generator) }
      let drawn = lines.flatMap { line in
        Array(repeating: (line.probability, line.isMember), count: Int(draws[line.unit]))
      }
      let expected = PrecisionRecallCurve(drawn.map { (probability: $0.0, isMember: $0.1) }).averagePrecision
      let found = RankedLines(lines).averagePrecision(draws)
      #expect((found == nil) == (expected == nil))
      #expect(abs((found ?? 0) - (expected ?? 0)) <= 1e-12)
    }
  }
}
