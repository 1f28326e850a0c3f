import Chaff
import Testing

struct ModelErrorTests {
  @Test(
    arguments: [
      (.notAModel, "not a Chaff model"),
      (.unsupportedVersion(found: 7, supported: 1), "the model is of version 7; this program reads version 1"),
      (.wrongLength(found: 3, stated: 128), "the model is damaged: 3 bytes, its header states 128"),
      (.wrongChecksum, "the model is damaged: its checksum does not fit"),
      (.wrongSection(name: "LABL"), "the model is damaged: section LABL is missing or misplaced"),
      (.wrongSectionLength(name: "PARA"), "the model is damaged: section PARA has the wrong length"),
      (.invalidValue(section: "TABL", what: "lanes"), "the model is damaged: section TABL: lanes"),
    ] as [(ModelError, String)])
  func `Each error says what is wrong`(_ error: ModelError, _ description: String) {
    #expect(error.description == description)
  }
}
