import Chaff
import ChaffTraining
import Testing

struct ExplainingTests {
  private let article = [
    "Home", "Sport", "", "The river and the old bridge",
    "The river was closed on Monday, and the mayor said that the bridge would be next, if it rains.",
    "Sign up to our free newsletter", "© 2024 The Toy Times. All rights reserved.",
  ]

  @Test func `Each line is explained by its own label`() throws {
    let classifier = try TestModel.classifier()
    let labels = classifier.classify(lines: article).map { $0.prediction?.label }
    #expect(classifier.explain(lines: article).map { $0?.label } == labels)
  }

  @Test func `A wanted runner-up is weighed against`() throws {
    let classifier = try TestModel.classifier()
    let rival = try #require(classifier.labels.first)
    for explanation in classifier.explain(lines: article, against: rival) {
      guard let explanation else { continue }
      #expect(explanation.runnerUp == rival && explanation.label != rival)
    }
  }

  @Test func `The embedded model names its features`() throws {
    let found = try #require(
      LineClassifier.standard.explain(lines: ["Subscribe to continue reading this article"])[0])
    #expect(found.label.category == "registration")
    let sources = found.strongest(10).map(\.source)
    #expect(sources.contains(.feature(block: "words", name: "continue")))
  }
}
