import Chaff
import ChaffTraining
import Testing

/// What evaluating a trained toy model should find.
struct EvaluationTests {
  private let classifier: LineClassifier

  init() throws { classifier = try Toy.classifier(Toy.sites(), ToyModel.options) }

  private let page = """
    nav/menu\tHome
    skip\tSport
    content/body\tThe river was closed on Monday, and the mayor said that the mill would be next, if it rains.
    comments\tNobody knows when the school will be open again, but the work is said to be going well so far.
    registration/newsletter\tSign up to our free newsletter

    # part
    content/headline\tWeather
    """

  @Test func classesAreThoseOfModelAndData() throws {
    let evaluation = Evaluation(try Toy.pages(page), classifier: classifier)
    #expect(evaluation.categories.classes == ["comments", "content", "nav", "registration"])
    #expect(
      evaluation.kinds.classes == [
        "comments", "content/body", "content/headline", "nav/footer", "nav/menu", "registration/newsletter",
      ])
  }

  @Test func countsOfCategoriesAndKinds() throws {
    let evaluation = Evaluation(try Toy.pages(page), classifier: classifier, linesAlone: true)
    // Rows are gold. A comment is taken for content, a headline of one word for a menu; the skipped row is not counted.
    #expect(evaluation.categories.counts == [0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1])
    #expect(evaluation.categoriesByPage.map(\.total) == [4, 1])
    #expect(evaluation.categoriesByPage.map(\.agreeing) == [3, 0])
    #expect(evaluation.kindsByPage.map(\.agreeing) == [3, 0])
    var kinds = [Int](repeating: 0, count: 36)
    for (gold, predicted) in [(0, 1), (1, 1), (2, 4), (4, 4), (5, 5)] { kinds[gold * 6 + predicted] = 1 }
    #expect(evaluation.kinds.counts == kinds)
  }

  /// Pages are classified whole, skipped rows included, and compared row by row.
  @Test(arguments: [false, true])
  func agreesWithTheClassifier(_ linesAlone: Bool) throws {
    var generator = SplitMix64(seed: 8)
    let rows = try Toy.sites().flatMap(\.rows).shuffled(using: &generator)
    let pages = stride(from: 0, to: rows.count, by: 10).map { start in
      var page = LabelledPage(file: "", rows: Array(rows[start..<start + 10]))
      page.rows[start / 10].label = nil
      return page
    }
    let evaluation = Evaluation(pages, classifier: classifier, linesAlone: linesAlone)
    for (page, matrix) in zip(pages, evaluation.kindsByPage) {
      let lines = page.rows.map { String(decoding: $0.text, as: UTF8.self) }
      let predicted = classifier.classify(lines: lines, linesAlone: linesAlone).map(\.prediction?.label)
      let right = zip(page.rows, predicted).filter { $0.label != nil && $0.label == $1 }.count
      #expect(matrix.total == 9)
      #expect(matrix.agreeing == right)
    }
  }

  @Test func chainMakesADifference() throws {
    // A footer's words in a body's place: with the page around it, some line is judged otherwise.
    let text = (1...3).map { _ in "content/body\tTerms\ncontent/body\tHome\nnav/menu\tNobody knows when it rains.\n" }
    let pages = try Toy.pages(text.joined())
    let whole = Evaluation(pages, classifier: classifier)
    let alone = Evaluation(pages, classifier: classifier, linesAlone: true)
    #expect(whole.kinds.total == alone.kinds.total)
    #expect(whole.kinds != alone.kinds)
  }

  @Test func sumsOfPages() throws {
    let evaluation = Evaluation(try Toy.sites(), classifier: classifier)
    var kinds = ConfusionMatrix(classes: evaluation.kinds.classes)
    for page in evaluation.kindsByPage { kinds.add(page) }
    #expect(evaluation.kindsByPage.count == 5)
    #expect(kinds == evaluation.kinds)
    #expect(kinds.total == 50)
  }

  /// A row's text may hold a line feed if the page was not read from a file: it must not shift the rows after it.
  @Test func lineFeedInARowIsASpace() throws {
    var pages = try Toy.pages(page)
    let plain = Evaluation(pages, classifier: classifier)
    for page in pages.indices {
      for row in pages[page].rows.indices {
        pages[page].rows[row].text = pages[page].rows[row].text.map { $0 == 0x20 ? 0x0a : $0 }
      }
    }
    #expect(pages[0].rows[4].text == Array("Sign\nup\nto\nour\nfree\nnewsletter".utf8))
    let split = Evaluation(pages, classifier: classifier)
    #expect(split.kindsByPage == plain.kindsByPage)
    #expect(split.categoriesByPage == plain.categoriesByPage)
    #expect(split.kinds.total == 5)
  }

  @Test func noPages() {
    let evaluation = Evaluation([], classifier: classifier)
    #expect(evaluation.kinds.classes == classifier.labels.map(\.path))
    #expect(evaluation.kinds.total == 0)
    #expect(evaluation.categories.macroF1 == nil)
  }
}
