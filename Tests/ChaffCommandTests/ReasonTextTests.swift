import Chaff
import Testing

@testable import ChaffCommand

struct ReasonTextTests {
  @Test(arguments: [
    (LineExplanation.Part.Source.feature(block: "words", name: "log"), "word “log”", "words"),
    (.feature(block: "bigrams", name: "log in"), "pair “log in”", "bigrams"),
    (.feature(block: "patterns", name: "by *A"), "pattern “by *A”", "patterns"),
    (.feature(block: "other", name: "x"), "other “x”", "other"), (.prior, "shares of labels", "prior"),
    (.bias, "bias", "bias"), (.before, "lines before", "before"), (.after, "lines after", "after"),
    (.limit, "limit of 80 nats", "limit"), (.otherKinds, "other kinds", "other_kinds"),
  ])
  func sourcesHaveNamesAndKeys(source: LineExplanation.Part.Source, name: String, key: String) {
    #expect(ReasonText.name(source) == name && ReasonText.key(source) == key)
  }

  @Test func natsHaveTheirSign() {
    #expect(ReasonText.signed(1.234) == "+1.23" && ReasonText.signed(-0.4) == "−0.40")
  }

  @Test func wordsOfStrangersAreSafe() throws {
    let explained = LineClassifier.standard.explain(lines: ["Subscribe to continue reading"])
    let parts = try #require(explained[0]?.strongest(5))
    #expect(parts.map(ReasonText.short).allSatisfy { $0.contains("+") })
    #expect(ReasonText.json(parts[0]).json.hasPrefix("{\"source\": "))
  }
}
