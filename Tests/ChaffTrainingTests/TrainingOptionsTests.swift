import Chaff
import ChaffTraining
import Testing

/// What each choice does to the model.
struct TrainingOptionsTests {
  private func model(_ change: (inout TrainingOptions) -> Void) throws -> Model {
    var options = Toy.fast
    change(&options)
    return try Toy.classifier(Toy.sites(), options).model
  }

  @Test func choicesAreRecorded() throws {
    let model = try model {
      $0.smoothing = [1, 2, 3]
      $0.minimumPages = [2, 3, 4]
      $0.chainSmoothing = [5, 6]
      $0.usesForms = false
    }
    #expect(model.parameters.smoothing == [1, 2, 3])
    #expect(model.parameters.minimumPages == [2, 3, 4])
    #expect(model.parameters.chainSmoothing == [5, 6])
    #expect(!model.parameters.usesForms)
  }

  @Test func minimumPages() throws {
    let features = try model { $0.minimumPages = [5, 4, 3] }.vocabulary().features
    let words = features.filter { $0.block == .words }
    let bigrams = features.filter { $0.block == .bigrams }
    #expect(words.contains { $0.name == Array("home".utf8) })
    #expect(!words.contains { $0.name == Array("river".utf8) })
    #expect(words.allSatisfy { $0.pages == 5 })
    #expect(bigrams.allSatisfy { $0.pages >= 4 } && !bigrams.isEmpty)
  }

  @Test func featureLimitKeepsThoseOnTheMostPages() throws {
    var options = Toy.fast
    options.featureLimit = 30
    let result = try Trainer.train(Toy.sites(), options: options)
    #expect(result.keptFeatures == 30)
    #expect(result.features > 150)
    let features = try LineClassifier(modelBytes: result.bytes).model.vocabulary().features
    // "Home" and its like stand on all five pages, and there are more than thirty such features.
    #expect(features.count == 30)
    #expect(features.allSatisfy { $0.pages == 5 })
  }

  @Test func blocksThatAreLeftOut() throws {
    let model = try model { $0.without = ["bigrams", "patterns"] }
    let blocks = Set(try model.vocabulary().features.map(\.block))
    #expect(blocks == [.words])
    let weights = model.parameters.weights
    for (block, isOut) in [false, true, true].enumerated() {
      let row = weights[block * weights.count / 3..<(block + 1) * weights.count / 3]
      #expect(row.allSatisfy { $0 == 0 } == isOut, "\(block)")
    }
  }

  @Test func weightsForAllLengthsTogether() throws {
    let apart = try model { $0.isLengthAware = true }.parameters.weights
    let together = try model { $0.isLengthAware = false }.parameters.weights
    for block in 0..<FeatureBlock.count {
      let first = (0..<LengthClass.count).map { (block * LengthClass.count + $0) * 5 }
      #expect(Set(first.map { together[$0] }).count == 1)
      #expect(Set(first.map { apart[$0] }).count > 1)
    }
  }

  @Test func weightsForAllLabelsTogether() throws {
    let apart = try model { $0.isLabelAware = true }.parameters.weights
    let together = try model { $0.isLabelAware = false }.parameters.weights
    for start in stride(from: 0, to: apart.count, by: 5) {
      #expect(Set(together[start..<start + 5]).count == 1)
    }
    #expect(stride(from: 0, to: apart.count, by: 5).contains { Set(apart[$0..<$0 + 5]).count > 1 })
  }

  @Test func withoutStepsThePoolStaysAsItBegan() throws {
    let parameters = try model { $0.iterations = 0 }.parameters
    #expect(parameters.weights == [Double](repeating: 0.2, count: FeatureBlock.count * LengthClass.count * 5))
    #expect(parameters.bias == [0, 0, 0, 0, 0])
  }

  @Test func withoutFormsAllLinesAreAlike() throws {
    let counts = try model { $0.usesForms = false }.chainCounts
    let (lines, places) = (counts.lines, counts.phases.placeCount)
    #expect(lines[..<places].reduce(0, +) == 50)
    #expect(lines[places...].allSatisfy { $0 == 0 })
    #expect(try model { $0.usesForms = true }.chainCounts.lines[places...].contains { $0 > 0 })
  }

  @Test func phasesGoByTheCommonestLabelOfTheArticle() throws {
    let page = "x/menu\tHome\ny/title\tThe cat\ny/text\tIt sat.\ny/text\tIt slept.\nx/menu\tTop\n"
    let pages = try Toy.pages([page, page].joined(separator: "\n"))
    func text(_ change: (inout TrainingOptions) -> Void) throws -> String? {
      var options = Toy.fast
      change(&options)
      let model = try Toy.classifier(pages, options).model
      #expect(model.chain.phases.count == (model.parameters.articleText == nil ? 1 : 5))
      return model.parameters.articleText.map { model.labels.labels[$0].path }
    }
    #expect(try text { $0.articleCategory = "y" } == "y/text")
    #expect(try text { $0.articleCategory = "x" } == "x/menu")
    // There is no such category.
    #expect(try text { $0.articleCategory = "content" } == nil)
    #expect(
      try text {
        $0.articleCategory = "y"
        $0.usesPhases = false
      } == nil)
  }

  /// Fewer than two folds, or more than there are pages, are taken as two, or one a page.
  @Test func foldsAreBounded() throws {
    var options = Toy.fast
    func bytes(_ folds: Int) throws -> [UInt8] {
      options.folds = folds
      return try Trainer.train(Toy.sites(), options: options).bytes
    }
    #expect(try bytes(1) == bytes(2))
    #expect(try bytes(100) == bytes(5))
    #expect(try bytes(2) != bytes(5))
  }
}
