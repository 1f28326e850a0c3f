import Chaff
import Testing

struct CleaningErrorTests {
  @Test func `Each case has its words`() {
    #expect(CleaningError.unknownLabel("x").description == "the model has no label \"x\"")
    #expect(CleaningError.thresholdOutOfRange(.nan).description == "the threshold nan is not from 0 to 1")
  }
}
