import Chaff
import ChaffTraining
import Testing

struct TrainerTests {
  // MARK: What it was made of

  @Test func countsOfAHandMadeCorpus() throws {
    let pages = try Toy.pages(
      "nav\tHome\nskip\tSport\ncontent\tThe cat\n\nnav\tHome\n\n# part\ncontent\tThe dog\nads\tBuy\n")
    let result = try Trainer.train(pages, options: Toy.fast)
    #expect(result.pages == 2)
    #expect(result.parts == 1)
    #expect(result.rows == 5)
    #expect(result.labels == 3)
    // Words: home, sport, the, cat, dog, buy. Bigrams: ^ home, home $, ^ sport, sport $, ^ the, the cat, cat $,
    // the dog, dog $, ^ buy, buy $. Patterns: home, a capital, the and a small word twice, the dog twice, buy.
    #expect(result.features == 6 + 11 + 7)
    // The features of the skipped line alone stand on no page: word, two bigrams, pattern.
    #expect(result.keptFeatures == result.features - 1 - 2 - 1)
  }

  @Test func noLabelledRow() throws {
    #expect(throws: Trainer.Failure.noRows) { try Trainer.train([]) }
    let skipped = try Toy.pages("skip\ta\nskip\tb\n")
    #expect(throws: Trainer.Failure.noRows) { try Trainer.train(skipped) }
  }

  typealias Change = @Sendable (inout TrainingOptions) -> Void
  static let senseless: [(name: String, change: Change)] = [
    ("smoothing", { $0.smoothing = [1] }), ("smoothing", { $0.smoothing[1] = 0 }),
    ("smoothing", { $0.smoothing[0] = Double.nan }), ("minimumPages", { $0.minimumPages = [] }),
    ("minimumPages", { $0.minimumPages[0] = -1 }), ("chainSmoothing", { $0.chainSmoothing = [1, 2, 3] }),
    ("chainSmoothing", { $0.chainSmoothing[0] = Double.infinity }), ("folds", { $0.folds = 0 }),
    ("iterations", { $0.iterations = -1 }), ("featureLimit", { $0.featureLimit = -1 }),
    ("gainPenalty", { $0.gainPenalty = 0 }), ("gainPenalty", { $0.gainPenalty = Double.nan }),
    ("cleaningLoss", { $0.cleaningLoss = Double.nan }), ("cleaningLoss", { $0.cleaningLoss = 1.1 }),
  ]

  @Test(arguments: senseless.indices)
  func optionsThatMakeNoSense(_ index: Int) throws {
    var options = Toy.fast
    Self.senseless[index].change(&options)
    #expect(throws: Trainer.Failure.invalidOption(Self.senseless[index].name)) {
      try Trainer.train(Toy.pair(), options: options)
    }
  }

  /// A name is cut before it is kept, not after: one word of megabytes once cost gigabytes at each word that followed.
  @Test func wordsWithoutEnd() throws {
    let long = String(repeating: "x", count: 3_000_000)
    let pages = try Toy.pages("nav\t\(long) home \(long)y home\ncontent\t" + String(repeating: "word ", count: 300_000))
    let result = try Trainer.train(pages + pages, options: Toy.fast)
    #expect(result.rows == 4)
    let names = try LineClassifier(modelBytes: result.bytes).model.vocabulary().features.map(\.name)
    #expect(names.contains(Array("home".utf8)) && names.allSatisfy { $0.count <= Vocabulary.longestName })
  }

  /// A vertical tab or a form feed is text to the reader, and white space to the scanner.
  @Test func rowsThatAreBlankToTheScanner() throws {
    let blank = try Toy.pages("nav\t\u{b}\ncontent\t \u{c}\n\n# part\nads\t\u{b}\u{c}\n")
    #expect(blank.flatMap(\.rows).count == 3)
    #expect(throws: Trainer.Failure.noRows) { try Trainer.train(blank) }
    let skipped = try Toy.pages("nav\t\u{b}\nskip\tHome\n")
    #expect(throws: Trainer.Failure.noRows) { try Trainer.train(skipped) }
    #expect(try Trainer.train(blank + Toy.pair(), options: Toy.fast).rows == 4)
  }

  @Test func tooManyLabels() throws {
    let pages = try Toy.pages((0...LabelSet.limit).map { "label\($0)\tx\n" }.joined())
    #expect(throws: Trainer.Failure.tooManyLabels(count: 257, limit: 256)) { try Trainer.train(pages) }
  }

  // MARK: The same pages, the same bytes

  @Test func orderOfPagesChangesNothing() throws {
    var generator = SplitMix64(seed: 17)
    var pages = try Toy.sites() + Toy.pages("# part\nnav/menu\tShop\n\n# part\ncontent/body\tIt rains.\n")
    // A page that is there twice makes no difference to the order either.
    pages.append(pages[0])
    let bytes = try Trainer.train(pages, options: Toy.fast).bytes
    for _ in 0..<3 {
      let shuffled = pages.shuffled(using: &generator)
      #expect(shuffled != pages)
      #expect(try Trainer.train(shuffled, options: Toy.fast).bytes == bytes)
    }
  }

  @Test func namesAndPlacesChangeNothing() throws {
    let pages = try Toy.sites()
    let moved = pages.map { page in
      LabelledPage(
        file: "elsewhere", name: "another",
        rows: page.rows.map { LabelledPage.Row(label: $0.label, text: $0.text, lineNumber: $0.lineNumber + 100) })
    }
    #expect(try Trainer.train(moved, options: Toy.fast).bytes == Trainer.train(pages, options: Toy.fast).bytes)
  }

  @Test func contentChangesTheBytes() throws {
    let pages = try Toy.pair()
    let bytes = try Trainer.train(pages, options: Toy.fast).bytes
    var skipped = pages
    skipped[0].rows[1].label = nil
    var part = pages
    part[0].isPart = true
    var reordered = pages
    reordered[0].rows.reverse()
    for changed in [skipped, part, reordered] {
      #expect(try Trainer.train(changed, options: Toy.fast).bytes != bytes)
    }
  }

  // MARK: Parts

  @Test func partsTrainWordsButNotTheChain() throws {
    let whole = try Toy.classifier(Toy.pair()).model
    let more = try Toy.pair() + Toy.pages("# part\nnav\tSport\ncontent\tThe end of it\nnav\tHome\n")
    let model = try Toy.classifier(more).model
    #expect(model.chainCounts == whole.chainCounts)
    #expect(try whole.vocabulary().lines == [2, 2])
    #expect(try model.vocabulary().lines == [3, 4])
    #expect(try model.vocabulary().features.contains { $0.name == Array("sport".utf8) })
  }

  @Test func partsAloneTrainTheChainToo() throws {
    let parts = try Toy.pair().map { LabelledPage(file: "", isPart: true, rows: $0.rows) }
    #expect(try Trainer.train(parts, options: Toy.fast).bytes == Trainer.train(Toy.pair(), options: Toy.fast).bytes)
  }

  @Test func skippedLinesBreakTheChain() throws {
    var options = Toy.fast
    options.usesPhases = false
    let pages = try Toy.pages("nav\tHome\nskip\tSport\ncontent\tThe cat\ncontent\tThe dog\n")
    let chain = try Toy.classifier(pages, options).model.chainCounts
    // Labels are content (0) and nav (1); all lines have one or two words, so their form is 0.
    #expect(chain.first == [0, 1])
    #expect(chain.last == [1, 0])
    #expect(Array(chain.lines[..<2]) == [2, 1])
    #expect(chain.pairs.reduce(0, +) == 1)
    #expect(chain.pairs[0] == 1)
  }

  // MARK: What it learned

  @Test func classifiesObviousLines() throws {
    let classifier = try Toy.classifier(Toy.sites(), ToyModel.options)
    let lines = [
      "Home", "Sport", "The castle and the old harbour", "",
      "The castle was closed on Friday, and the mayor said that the school would be next, if it rains.",
      "Sign up to our newsletter",
      "People who live near the castle told us that they had seen nothing like it in all their years in the town.",
      "© 2023 The Toy Times. All rights reserved.",
    ]
    let labels = classifier.classify(lines: lines).map(\.prediction?.label.path)
    #expect(
      labels == [
        "nav/menu", "nav/menu", "content/headline", nil, "content/body", "registration/newsletter", "content/body",
        "nav/footer",
      ])
  }

  @Test func pageOfOneLabel() throws {
    let classifier = try Toy.classifier(Toy.pages("content\tA line.\n"))
    let prediction = try #require(classifier.classify(lines: ["whatever"]).first?.prediction)
    #expect(prediction.label.path == "content")
    #expect(abs(prediction.probability - 1) < 1e-6)
  }

  @Test func moreLabelsThanAVectorHolds() throws {
    let words = (0..<20).map { number in String(repeating: Character(Unicode.Scalar(97 + UInt8(number))), count: 6) }
    let page = words.enumerated().map { "label\($0 + 10)\t\($1)\n" }.joined()
    let classifier = try Toy.classifier(Toy.pages(page + "\n" + page + "\n" + page), ToyModel.options)
    let labels = classifier.classify(lines: words, linesAlone: true).map(\.prediction?.label.path)
    #expect(labels == (0..<20).map { "label\($0 + 10)" })
  }
}
