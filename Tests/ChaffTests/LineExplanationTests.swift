@testable import Chaff
import Testing

struct LineExplanationTests {
  private func explanation(_ nats: [(LineExplanation.Part.Source, Double)]) throws -> LineExplanation {
    LineExplanation(
      label: try #require(Label("a")), runnerUp: try #require(Label("b")), probability: 0.75,
      runnerUpProbability: 0.25, parts: nats.map { .init(source: $0.0, nats: $0.1) })
  }

  @Test func `The score is the sum of the parts, and a block's is that of its features`() throws {
    let found = try explanation([
      (.prior, 0.5), (.feature(block: "words", name: "x"), 1), (.feature(block: "words", name: "y"), -0.25),
      (.feature(block: "patterns", name: "z"), 2), (.after, -1),
    ])
    #expect(found.score == 2.25)
    #expect(found.blocks.map(\.name) == ["words", "patterns"])
    #expect(found.blocks.map(\.nats) == [0.75, 2])
  }

  @Test func `The strongest speak for the label, the earlier of equals first`() throws {
    let found = try explanation([(.prior, 1), (.bias, 2), (.before, 1), (.after, -5)])
    #expect(found.strongest(9).map(\.source) == [.bias, .prior, .before])
    #expect(found.strongest(2).map(\.source) == [.bias, .prior])
    #expect(found.strongest(0).isEmpty)
  }
}
