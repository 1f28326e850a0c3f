import Testing

@testable import ChaffTraining

struct CrossValidationTests {
  @Test func noPageIsJudgedByAModelThatHasSeenIt() throws {
    let pages = try Toy.sites()
    let result = try CrossValidation(pages, folds: 5, options: ToyModel.options)
    #expect(result.evaluation.pages == pages)
    #expect(Set(result.evaluation.judgeOfPage) == Set(0..<5))
    // A model of four toy pages has not met the words of the fifth.
    for (page, judge) in zip(pages, result.evaluation.judgeOfPage) {
      let expected = try Toy.classifier(pages.filter { $0 != page }, ToyModel.options)
      let found = result.evaluation.judges[judge]
      #expect(found.model.checksum == expected.model.checksum)
    }
    #expect(result.folds.map(\.pages) == [1, 1, 1, 1, 1])
    #expect(result.folds.reduce(0) { $0 + $1.lines } == result.evaluation.lines.count)
  }

  @Test func theOrderOfPagesChangesNoFold() throws {
    let pages = try Toy.sites()
    let folds = try CrossValidation.deal(pages, 3, 7)
    let order = [3, 1, 4, 0, 2]
    let shuffled = try CrossValidation.deal(order.map { pages[$0] }, 3, 7)
    #expect(order.map { folds[$0] } == shuffled)
    #expect(try (0..<20).contains { try CrossValidation.deal(pages, 3, $0) != folds })
  }

  @Test func pagesOfASiteStayTogether() throws {
    var pages = try Toy.sites()
    for index in pages.indices { pages[index].name = "site s\(index % 3)" }
    let folds = try CrossValidation.deal(pages, 3, 1)
    #expect(folds[0] == folds[3] && folds[1] == folds[4])
    #expect(Set(folds).count == 3)
  }

  @Test func partsAreNotMeasuredUnlessThereIsNothingElse() throws {
    var pages = try Toy.sites()
    pages[2].isPart = true
    #expect(try CrossValidation(pages, folds: 2, options: Toy.fast).evaluation.pages.count == 4)
    for index in pages.indices { pages[index].isPart = true }
    #expect(try CrossValidation(pages, folds: 2, options: Toy.fast).evaluation.pages.count == 5)
  }

  @Test func tooFewPagesAreRefused() throws {
    let pages = try Toy.sites()
    #expect(throws: CrossValidation.Failure.tooFewPages(groups: 5, folds: 6)) {
      try CrossValidation(pages, folds: 6, options: Toy.fast)
    }
    #expect(throws: CrossValidation.Failure.training(.noRows)) {
      let unlabelled = LabelledPage(file: "", rows: [.init(label: nil, text: [0x61], lineNumber: 1)])
      _ = try CrossValidation([unlabelled, pages[0]], folds: 2, options: Toy.fast)
    }
  }

  @Test func spread() throws {
    let spread = try #require(Spread([1, 2, 3, 6]))
    #expect(spread.mean == 3 && spread.low == 1 && spread.high == 6)
    #expect(abs(spread.deviation - (14.0 / 3).squareRoot()) <= 1e-12)
    #expect(Spread([4])?.deviation == 0)
    #expect(Spread([1, nil]) == nil && Spread([]) == nil)
  }
}
