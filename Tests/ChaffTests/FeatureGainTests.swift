import Chaff
import Testing

struct FeatureGainTests {
  @Test func everyStepIsAFactor() {
    for steps in UInt8.min...UInt8.max {
      let gain = FeatureGain(steps: steps)
      #expect(gain.factor == Double(steps) / 64)
      #expect(FeatureGain(nearest: gain.factor) == gain)
    }
    #expect(FeatureGain.none.factor == 1)
    #expect(FeatureGain.largest == 255.0 / 64)
  }

  @Test(arguments: [(-1, 0), (0.0078, 0), (0.0079, 1), (1.007, 64), (3.99, 255), (1e9, 255)] as [(Double, UInt8)])
  func factorsGoToTheNearestStep(_ factor: Double, _ steps: UInt8) {
    #expect(FeatureGain(nearest: factor).steps == steps)
  }
}
