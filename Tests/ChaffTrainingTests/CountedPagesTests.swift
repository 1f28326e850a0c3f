import Chaff
import ChaffTraining
import Testing

/// Counting in parts and merging is the same as training on all pages at once.
struct CountedPagesTests {
  /// Whole pages, parts, a page that stands twice, one that is part and page, and skipped lines.
  private func pages() throws -> [LabelledPage] {
    var pages = try Toy.sites()
    pages += try Toy.pages("# part\nnav/menu\tShop\n\n# part\ncontent/body\tIt rains.\nskip\t{{ x }}\n")
    pages.append(pages[0])
    pages.append(LabelledPage(file: "", isPart: true, rows: pages[1].rows))
    pages += try Toy.pages("shop/price\tEUR 5\nskip\tHome\nnav/menu\tHome\n")
    return pages
  }

  /// A random tree of merges of random parts, by way of part files now and then.
  private func merged(
    _ pages: [LabelledPage], _ generator: inout SplitMix64
  ) throws -> CountedPages {
    var parts: [CountedPages] = []
    var rest = pages.shuffled(using: &generator)[...]
    while !rest.isEmpty {
      let count = Int.random(in: 0...min(4, rest.count), using: &generator)
      parts.append(CountedPages(Array(rest.prefix(count))))
      rest = rest.dropFirst(count)
    }
    while parts.count > 1 {
      parts.shuffle(using: &generator)
      let count = Int.random(in: 2...min(4, parts.count), using: &generator)
      var node = CountedPages.merging(Array(parts.suffix(count)))
      if Bool.random(using: &generator) { node = try CountedPages(bytes: node.bytes) }
      parts.removeLast(count)
      parts.append(node)
    }
    return try #require(parts.first)
  }

  @Test func anySplitAndAnyOrderOfMergingTrainsTheSameBytes() throws {
    let pages = try pages()
    let once = try Trainer.train(pages, options: Toy.fast).bytes
    let part = CountedPages(pages).bytes
    var generator = SplitMix64(seed: 81)
    for _ in 0..<20 {
      let merged = try merged(pages, &generator)
      #expect(merged.bytes == part)
      #expect(try Trainer.train(merged, options: Toy.fast).bytes == once)
    }
  }

  /// The options of training are chosen when parts are merged, not when they are counted.
  @Test func optionsAreChosenWhenMerging() throws {
    let pages = try pages()
    var options = Toy.fast
    options.usesForms = false
    options.isLengthAware = false
    options.without = ["bigrams"]
    options.folds = 3
    var generator = SplitMix64(seed: 5)
    let merged = try merged(pages, &generator)
    #expect(try Trainer.train(merged, options: options).bytes == Trainer.train(pages, options: options).bytes)
  }

  @Test func partsAloneAreWholePagesOnlyIfAllAreParts() throws {
    let parts = try Toy.sites().map { LabelledPage(file: "", isPart: true, rows: $0.rows) }
    let merged = CountedPages.merging(parts.map { CountedPages([$0]) })
    #expect(try Trainer.train(merged, options: Toy.fast).bytes == Trainer.train(Toy.sites(), options: Toy.fast).bytes)
    let withOne = CountedPages.merging([merged, CountedPages(try Toy.pair())])
    #expect(
      try Trainer.train(withOne, options: Toy.fast).bytes
        == Trainer.train(parts + Toy.pair(), options: Toy.fast).bytes)
  }

  @Test func figures() throws {
    let counted = CountedPages(try pages())
    #expect(counted.pages == 7)
    #expect(counted.parts == 3)
    #expect(counted.rows == 7 * 10 + 2 + 2)
    #expect(counted.labels == 6)
    #expect(CountedPages([]).bytes == CountedPages.merging([]).bytes)
  }

  @Test func noRowsAnywhere() throws {
    let merged = CountedPages.merging([CountedPages([]), CountedPages(try Toy.pages("skip\tHome\n"))])
    #expect(throws: Trainer.Failure.noRows) { try Trainer.train(merged) }
  }

  @Test func moreRowsThanCountsHaveRoomFor() throws {
    let heavy = CountedPages(try Toy.pages("nav\tHome\nnav\tSport\n"), copies: 1 << 20)
    let all = CountedPages.merging(Array(repeating: heavy, count: 129))
    #expect(throws: Trainer.Failure.tooManyRows(count: 129 << 21, limit: 1 << 28)) {
      try Trainer.train(all, options: Toy.fast)
    }
  }

  /// A page of three copies counts as three pages, though it is one where weights are fitted.
  @Test func copiesCount() throws {
    let pages = try Toy.pair()
    let copied = CountedPages.merging([CountedPages([pages[0]], copies: 3), CountedPages([pages[1]])])
    let model = try LineClassifier(modelBytes: Trainer.train(copied, options: Toy.fast).bytes).model
    let repeated = try Toy.classifier([pages[0], pages[0], pages[0], pages[1]]).model
    #expect(try model.vocabulary() == repeated.vocabulary())
    #expect(model.chainCounts == repeated.chainCounts)
  }
}
