import Chaff
import Testing

struct LineEvidenceTests {
  @Test func `Lines go from the front with their vectors`() {
    var evidence = LineEvidence(groups: 2)
    evidence.likelihoods = (0..<6).map { SIMD16(repeating: Float($0)) }
    evidence.forms = [3, 4, 5]
    #expect(evidence.count == 3)
    evidence.removeFirst(2)
    #expect(evidence.count == 1 && evidence.forms == [5])
    #expect(evidence.likelihoods.map { $0[0] } == [4, 5])
    evidence.removeAll()
    #expect(evidence.count == 0 && evidence.likelihoods.isEmpty)
  }
}
