import Chaff
import Testing

struct DecisionTests {
  private func labels(_ paths: String...) throws -> LabelSet {
    LabelSet(try paths.map { try #require(Label($0)) })
  }

  private func decide(_ posteriors: [Float], _ labels: LabelSet) throws -> Decision {
    try vectors(posteriors).withUnsafeBufferPointer { Decision(try #require($0.baseAddress), labels: labels) }
  }

  private func vectors(_ lanes: [Float]) -> [SIMD16<Float>] {
    stride(from: 0, to: lanes.count, by: 16).map { start in
      SIMD16((start..<start + 16).map { $0 < lanes.count ? lanes[$0] : 0 })
    }
  }

  @Test func `The category with the largest sum wins over the largest label`() throws {
    let decision = try decide([0.4, 0.35, 0.25], labels("a", "b/x", "b/y"))
    #expect(decision.category == 1 && decision.label == 1)
    #expect(abs(decision.probability - 0.6) <= 1e-6)
  }

  @Test func `Inside the category the best kind wins`() throws {
    #expect(try decide([0.1, 0.2, 0.3, 0.4], labels("a", "b/x", "b/y", "c")).label == 2)
  }

  @Test func `Of equals the first wins`() throws {
    let decision = try decide([0.25, 0.25, 0.25, 0.25], labels("a/x", "a/y", "b/x", "b/y"))
    #expect(decision.category == 0 && decision.label == 0)
  }

  @Test func `A probability is at most 1`() throws {
    #expect(try decide([0.5, 0.5000001], labels("a/x", "a/y")).probability == 1)
  }

  @Test func `Labels beyond the sixteenth count`() throws {
    let set = LabelSet(try (10..<30).map { try #require(Label("k/n\($0)")) } + [try #require(Label("z"))])
    var posteriors = [Float](repeating: 0.01, count: 21)
    posteriors[20] = 0.8
    let decision = try decide(posteriors, set)
    #expect(decision.category == 1 && decision.label == 20 && decision.probability == 0.8)
    posteriors[20] = 0
    posteriors[18] = 0.7
    #expect(try decide(posteriors, set).label == 18)
  }

  @Test func `The posterior of some labels is their sum`() throws {
    var members = [Bool](repeating: false, count: 18)
    for label in [0, 3, 17] { members[label] = true }
    let sum = try vectors((0..<18).map { $0 == 17 ? 0.5 : 0.0625 }).withUnsafeBufferPointer {
      Decision.probability(of: members, try #require($0.baseAddress))
    }
    #expect(sum == 0.625)
  }
}
