import Chaff
import ChaffTraining
import Foundation
import Testing

struct ReproducibleTests {
  @Test func `The logarithm of powers of two is exact multiples of log 2`() {
    #expect(Reproducible.log(1) == 0)
    for exponent in [-1022, -100, -1, 1, 2, 10, 1023] {
      let x = Double(sign: .plus, exponent: exponent, significand: 1)
      #expect(Reproducible.log(x) == Double(exponent) * 0.6931471805599453)
    }
  }

  @Test func `The logarithm is within three units in the last place`() {
    var generator = SplitMix64(seed: 1)
    for _ in 0..<20_000 {
      let x = Double(
        sign: .plus, exponent: .random(in: -300...300, using: &generator),
        significand: .random(in: 1..<2, using: &generator))
      let expected = Foundation.log(x)
      #expect(abs(Reproducible.log(x) - expected) <= 3 * expected.ulp, "log \(x)")
    }
  }

  @Test func `Eight logarithms at once are those of each, to the bit`() {
    var generator = SplitMix64(seed: 8)
    // Mantissas around √2 too, where the series changes.
    let edge = 1.4142135623730951
    var numbers = [1, 2, 0.5, edge, edge.nextUp, edge.nextDown, .leastNormalMagnitude, .greatestFiniteMagnitude]
    for _ in 0..<20_000 {
      let exponent = Int.random(in: -1022...1023, using: &generator)
      numbers.append(Double(sign: .plus, exponent: exponent, significand: .random(in: 1..<2, using: &generator)))
    }
    for start in stride(from: 0, to: numbers.count - 7, by: 8) {
      let logs = Reproducible.log(SIMD8(numbers[start..<start + 8]))
      for lane in 0..<8 {
        #expect(logs[lane].bitPattern == Reproducible.log(numbers[start + lane]).bitPattern, "\(numbers[start + lane])")
      }
    }
  }

  @Test func `The exponential is within 1e-15`() {
    var generator = SplitMix64(seed: 3)
    #expect(Reproducible.exp(0) == 1)
    for _ in 0..<20_000 {
      let x = Double.random(in: -707...709, using: &generator)
      let expected = Foundation.exp(x)
      #expect(abs(Reproducible.exp(x) - expected) <= 1e-15 * expected, "exp \(x)")
    }
  }

  @Test func `The exponential has ends`() {
    #expect(Reproducible.exp(-708.1) == 0)
    #expect(Reproducible.exp(-.infinity) == 0)
    #expect(Reproducible.exp(709.1) == .greatestFiniteMagnitude)
    #expect(Reproducible.exp(-708) > 0)
    #expect(Reproducible.exp(709) < .greatestFiniteMagnitude)
  }

  @Test func `Exponential and logarithm undo each other`() {
    for x in stride(from: -20.0, through: 20, by: 0.37) {
      #expect(abs(Reproducible.log(Reproducible.exp(x)) - x) <= 1e-14)
    }
  }

  @Test func `Sixteen exponentials at once are within 1e-5`() {
    var generator = SplitMix64(seed: 4)
    for _ in 0..<500 {
      var x = SIMD16<Float>(repeating: 0)
      for lane in 0..<16 { x[lane] = .random(in: -80...80, using: &generator) }
      let result = Reproducible.exp(x)
      for lane in 0..<16 {
        let expected = Foundation.exp(Double(x[lane]))
        #expect(abs(Double(result[lane]) - expected) <= 1e-5 * expected, "exp \(x[lane])")
      }
    }
  }

  @Test func `What is below -80 counts as -80, and lanes do not disturb each other`() {
    var x = SIMD16<Float>(repeating: -80)
    x[1] = -81
    x[2] = -1000
    x[3] = -100_000
    x[15] = 0
    let result = Reproducible.exp(x)
    #expect(result[1] == result[0] && result[2] == result[0] && result[3] == result[0])
    #expect(abs(Double(result[0]) - Foundation.exp(-80.0)) <= 1e-5 * Foundation.exp(-80.0))
    #expect(result[15] == 1)
  }
}
