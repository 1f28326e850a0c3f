import Testing

@testable import Chaff

struct FeatureBlockTests {
  /// The loops in C have a vector for each.
  @Test func `There are as many as C counts`() { #expect(FeatureBlock.count == FeatureBlock.allCases.count) }
}
