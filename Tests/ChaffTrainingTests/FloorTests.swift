import Chaff
import ChaffTraining
import Testing

struct FloorTests {
  static let good: [(String, String, Double)] = [
    ("accuracy=0.9", "accuracy", 0.9),
    ("macro-f1=0", "macro-f1", 0),
    ("macro-precision=1", "macro-precision", 1),
    ("macro-recall=.5", "macro-recall", 0.5),
    ("kind-accuracy=5e-1", "kind-accuracy", 0.5),
    ("kind-macro-f1=1.0", "kind-macro-f1", 1),
    ("registration.recall=0.8", "registration.recall", 0.8),
    ("registration/paywall.f1=0.8", "registration/paywall.f1", 0.8),
    ("a.b.precision=0.8", "a.b.precision", 0.8),
    // A label may have a "=": the last one is the floor's.
    ("a=b.f1=0.8", "a=b.f1", 0.8),
    ("q=/x=1.recall=1", "q=/x=1.recall", 1),
  ]

  @Test(arguments: good)
  func readsFigureAndValue(_ text: String, _ figure: String, _ least: Double) throws {
    let floor = try #require(Floor(text))
    #expect(floor.figure == figure)
    #expect(floor.least == least)
  }

  @Test(arguments: [
    "", "accuracy", "accuracy=", "accuracy=x", "accuracy=1.01", "accuracy=-0.1", "accuracy=nan", "accuracy=0.5=0.5",
    "=0.5", "Accuracy=0.5", "content=0.5", "content.support=0.5", ".f1=0.5", "f1=0.5", "content.=0.5", "accuracy= 0.5",
    "a=b.f1", "a=b=0.5",
  ])
  func refusesAllElse(_ text: String) {
    #expect(Floor(text) == nil)
  }

  /// Content is judged as content twice and as nav once; nav as nav three times, and its two kinds are mixed up once.
  private func evaluation() throws -> Evaluation {
    let pages = try Toy.pages(
      """
      nav/menu\tHome
      nav/menu\tSport
      nav/menu\t© 2024 The Toy Times. All rights reserved.
      content/body\tWeather
      content/body\tThe river was closed on Monday, and the mayor said that the mill would be next, if it rains.
      content/body\tNobody knows when the school will be open again, but the work is said to be going well so far.
      """)
    return Evaluation(pages, classifier: try Toy.classifier(Toy.sites(), ToyModel.options), linesAlone: true)
  }

  @Test func valuesOfAllFigures() throws {
    let evaluation = try evaluation()
    let expected: [(String, Double)] = [
      ("accuracy", 5.0 / 6),
      // Nav: 3 of 4 and 3 of 3; content: 2 of 2 and 2 of 3.
      ("macro-precision", (3.0 / 4 + 1) / 2),
      ("macro-recall", (1 + 2.0 / 3) / 2),
      ("macro-f1", (6.0 / 7 + 4.0 / 5) / 2),
      ("kind-accuracy", 4.0 / 6),
      // nav/menu: 2 of 3 predicted, 2 of 3 lines; content/body: 2 of 2 and 2 of 3. The footer has no gold line.
      ("kind-macro-f1", (4.0 / 6 + 4.0 / 5) / 2),
      ("nav.precision", 3.0 / 4), ("nav.recall", 1), ("nav.f1", 6.0 / 7),
      ("content.precision", 1), ("content.recall", 2.0 / 3), ("content.f1", 4.0 / 5),
      ("nav/menu.precision", 2.0 / 3), ("nav/menu.recall", 2.0 / 3), ("nav/footer.precision", 0),
    ]
    for (figure, value) in expected {
      let floor = try #require(Floor("\(figure)=0.5"))
      let found = try #require(floor.value(in: evaluation), "\(figure)")
      #expect(abs(found - value) < 1e-12, "\(figure)")
      #expect(floor.isKnown(to: evaluation), "\(figure)")
      #expect(floor.isReached(in: evaluation) == (value >= 0.5), "\(figure)")
    }
  }

  @Test func leastValueItselfIsReached() throws {
    let evaluation = try evaluation()
    #expect(try #require(Floor("nav.precision=0.75")).isReached(in: evaluation))
    #expect(!(try #require(Floor("nav.precision=0.7500001")).isReached(in: evaluation)))
  }

  @Test func undefinedFiguresAreNotReached() throws {
    let evaluation = try evaluation()
    for figure in ["registration.recall", "registration.f1", "nav/footer.recall"] {
      let floor = try #require(Floor("\(figure)=0"))
      #expect(floor.isKnown(to: evaluation))
      #expect(floor.value(in: evaluation) == nil, "\(figure)")
      #expect(!floor.isReached(in: evaluation), "\(figure)")
    }
  }

  @Test func classThatIsNowhere() throws {
    let evaluation = try evaluation()
    let floor = try #require(Floor("comments.recall=0"))
    #expect(!floor.isKnown(to: evaluation))
    #expect(floor.value(in: evaluation) == nil)
    #expect(!floor.isReached(in: evaluation))
  }
}
