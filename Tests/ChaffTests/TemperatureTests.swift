import Testing

@testable import Chaff

struct TemperatureTests {
  private static let line: [Float] = [0.7, 0.2, 0.05, 0.03, 0.02]

  private func changed(_ values: [Float], _ eighths: Int, groups: Int = 1) -> [Float] {
    var vectors = (0..<groups).map { group in
      var vector = SIMD16<Float>(repeating: 0)
      for lane in 0..<16 where group * 16 + lane < values.count { vector[lane] = values[group * 16 + lane] }
      return vector
    }
    Temperature(eighths: eighths).apply(to: &vectors, groups: groups)
    return values.indices.map { vectors[$0 / 16][$0 % 16] }
  }

  /// The definition, by `pow`.
  private func reference(_ values: [Float], _ eighths: Int) -> [Double] {
    let raised = values.map { $0 > 0 ? Reproducible.exp(Reproducible.log(Double($0)) * Double(eighths) / 8) : 0 }
    return raised.map { $0 / raised.reduce(0, +) }
  }

  @Test(arguments: Temperature.powers)
  func isThePowerScaledToOne(_ eighths: Int) {
    let result = changed(Self.line, eighths)
    for (value, expected) in zip(result, reference(Self.line, eighths)) {
      #expect(abs(Double(value) - expected) < 1e-6)
    }
    #expect(abs(result.reduce(0, +) - 1) < 1e-6)
    #expect(result == result.sorted(by: >), "the order of labels stays")
  }

  @Test func noneChangesNoBit() {
    #expect(changed(Self.line, 8) == Self.line)
    #expect(Temperature.none.apply(to: 0.1) == 0.1)
  }

  @Test(arguments: Temperature.powers)
  func manyLabelsAndLines(_ eighths: Int) {
    // Two lines of 20 labels, two vectors each.
    let first = (0..<20).map { Float($0 + 1) / 210 }
    let second = Array(first.reversed())
    func vectors(_ values: [Float]) -> [SIMD16<Float>] {
      (0..<2).map { group in
        var vector = SIMD16<Float>(repeating: 0)
        for lane in 0..<16 where group * 16 + lane < 20 { vector[lane] = values[group * 16 + lane] }
        return vector
      }
    }
    var both = vectors(first) + vectors(second)
    Temperature(eighths: eighths).apply(to: &both, groups: 2)
    for (start, values) in [(0, first), (2, second)] {
      for (label, expected) in reference(values, eighths).enumerated() {
        #expect(abs(Double(both[start + label / 16][label % 16]) - expected) < 1e-6)
      }
      #expect(both[start + 1][10] == 0, "padding stays 0")
    }
  }

  /// From what is all but 0 to what is all but 1.
  @Test(arguments: 1..<8)
  func numbersOfAnySize(_ eighths: Int) {
    for exponent in stride(from: -120, through: -1, by: 7) {
      let small = Float(sign: .plus, exponent: exponent, significand: 1.3)
      let values = [1 - small, small, small / 3, 0]
      for (value, expected) in zip(changed(values, eighths), reference(values, eighths)) {
        #expect(abs(Double(value) - expected) <= 2e-6 * expected, "2^\(exponent)")
      }
    }
  }

  /// A line of which a crafted chain has left nothing.
  @Test func zerosStayZeros() {
    #expect(changed([0, 0, 0], 6) == [0, 0, 0])
    #expect(changed([1, 0, 0], 6) == [1, 0, 0])
  }

  @Test(arguments: Temperature.powers)
  func probabilityOfOneThing(_ eighths: Int) {
    let temperature = Temperature(eighths: eighths)
    for probability in [0, 1e-12, 0.01, 0.3, 0.5, 0.97, 1] {
      let odds = temperature.apply(to: probability)
      let expected = reference([Float(probability), Float(1 - probability)], eighths)[0]
      #expect(abs(odds - expected) < 1e-6)
    }
    #expect(temperature.apply(to: 0.5) == 0.5)
    #expect(abs(temperature.value * temperature.power - 1) < 1e-15)
  }
}
