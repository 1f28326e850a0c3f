import ChaffTraining
import Testing

struct CorpusErrorTests {
  static let cases: [(CorpusError.Fault, String)] = [
    (.noTab, "no tab between label and text"),
    (.invalidLabel("a b"), "\"a b\" is not a label: letters, digits and marks without spaces, as category/kind"),
    (
      .invalidLabel(String(repeating: "x", count: 101)),
      "\"\(String(repeating: "x", count: 100))…\" is not a label: letters, digits and marks without spaces, as category/kind"
    ),
    (.partInsidePage, "\"# part\" inside a page; a blank row before it ends the page"),
    (.noText, "no text after the label"),
    (.invalidUTF8, "not UTF-8"),
    (.utf16, "this is UTF-16; convert it to UTF-8"),
    (.json("no field \"text\""), "no field \"text\""),
    (.noFastTextLabel, "no __label__ at the beginning"),
    (.empty, "no labelled rows"),
  ]

  @Test(arguments: cases)
  func placeAndReason(_ fault: CorpusError.Fault, _ reason: String) {
    let row = CorpusError(file: "a.tsv", line: 7, fault: fault)
    #expect(row.reason == reason)
    #expect(row.description == "a.tsv:7: \(reason)")
    #expect(CorpusError(file: "a.tsv", line: nil, fault: fault).description == "a.tsv: \(reason)")
  }
}
