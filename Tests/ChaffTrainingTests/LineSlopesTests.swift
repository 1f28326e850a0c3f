import CLanes
import Chaff
@testable import ChaffTraining
import Testing

struct LineSlopesTests {
  /// The gradient by the formula, line by line.
  private func expected(
    _ corpus: IndexedCorpus, _ held: HeldOutScores, _ folds: Folds, _ pool: PoolWeights
  ) -> (weights: [Double], bias: [Double], lines: Int) {
    let (labels, vectors) = (corpus.labels.count, pool.vectors(groups: held.groups))
    let categories = corpus.labels.categoryOfLabel
    var weights = [Double](repeating: 0, count: FeatureBlock.count * LengthClass.count * labels)
    var bias = [Double](repeating: 0, count: labels)
    var lines = 0
    for (number, page) in corpus.pages.enumerated() {
      var evidence = LineEvidence(groups: held.groups)
      var posteriors: [SIMD16<Float>] = []
      vectors.append(page.lines, of: held, to: &evidence)
      var decoder = ForwardBackward(chain: held.chains[folds.fold(ofPage: number)])
      decoder.decode(evidence, decided: page.lines.count, isEnd: true, posteriors: &posteriors)
      for (offset, number) in page.lines.enumerated() where corpus.lines[number].label >= 0 {
        let line = corpus.lines[number]
        func posterior(_ label: Int) -> Float { posteriors[offset * held.groups + label / 16][label % 16] }
        let category = (0..<labels).reduce(Float(1e-9)) {
          categories[$1] == categories[line.label] ? $0 + posterior($1) : $0
        }
        for label in 0..<labels {
          var slope = -posterior(label)
          if categories[label] == categories[line.label] { slope += posterior(label) / category }
          bias[label] += Double(slope)
          for block in 0..<FeatureBlock.count {
            let score = held.scores[(number * FeatureBlock.count + block) * held.groups + label / 16][label % 16]
            weights[(block * LengthClass.count + line.lengthClass) * labels + label] += Double(slope * score)
          }
        }
        lines += 1
      }
    }
    return (weights, bias, lines)
  }

  private func compare(_ pages: [LabelledPage], _ location: SourceLocation = #_sourceLocation) {
    let pages = HeldOutPages(pages, folds: 3)
    let (corpus, held, folds) = (pages.corpus, pages.held, pages.folds)
    var slopes = LineSlopes(corpus: corpus, held: held, folds: folds)
    #expect(slopes.batchCount == 1, sourceLocation: location)
    var pool = PoolWeights(labelCount: corpus.labels.count)
    // Twice, since the memory is used again.
    for step in 0..<2 {
      for index in pool.weights.indices { pool.weights[index] = 0.1 + Double((index * 7 + step) % 5) / 10 }
      slopes.read(at: pool, batch: 0)
      let expected = expected(corpus, held, folds, pool)
      #expect(slopes.lineCount == expected.lines && expected.lines > 0, sourceLocation: location)
      func isNear(_ found: [Double], _ expected: [Double]) -> Bool {
        // Sums within a page are of single precision.
        found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-4 * (1 + abs($1)) }
      }
      #expect(isNear(slopes.bias(), expected.bias), sourceLocation: location)
      #expect(isNear(slopes.weights(), expected.weights), sourceLocation: location)
      #expect(slopes.weights().contains { $0 != 0 }, sourceLocation: location)
    }
  }

  @Test func slopesAddUpToTheGradient() throws {
    var pages = try Toy.sites()
    // Lines without a label are decoded, and count for nothing.
    for page in pages.indices where page % 3 == 0 { pages[page].rows[0].label = nil }
    compare(pages)
  }

  /// The loop for up to sixteen labels gives the bits of the one for any number, with the vectors of each processor.
  @Test(arguments: [128, 256, 512] as [Int32])
  func vectorsChangeNothing(_ bits: Int32) throws {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    var pages = try Toy.sites()
    pages[2].rows[4].label = nil
    let held = HeldOutPages(pages, folds: 5)
    let slopes = LineSlopes(corpus: held.corpus, held: held.held, folds: held.folds)
    var generator = SplitMix64(seed: 31)
    let lines = held.corpus.lines.indices
    let posteriors = lines.map { _ in
      SIMD16<Float>((0..<16).map { $0 < 5 ? Float.random(in: 0...1, using: &generator) : 0 })
    }
    let empty = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: FeatureBlock.count * LengthClass.count + 1)
    var (found, expected) = (empty, empty)
    let labelled = slopes.add(posteriors, of: lines, to: &found)
    #expect(slopes.addWide(posteriors, of: lines, to: &expected) == labelled && labelled == 49)
    #expect(found == expected && found != empty)
  }

  @Test func moreThanSixteenLabelsHaveTheirs() throws {
    let rows = (0..<20).map { "kind/\($0)\tword\($0) of page\n" }
    compare(try Toy.pages((0..<9).map { page in rows.dropFirst(page).joined() }.joined(separator: "\n")))
  }

  /// More pages than one thread decodes.
  @Test func manyPagesHaveTheSumOfAll() throws {
    let pages = (0..<12).flatMap { number in
      (try? Toy.sites())?.map { page in
        LabelledPage(
          file: "",
          rows: page.rows.map { row in
            LabelledPage.Row(label: row.label, text: row.text + Array(" \(number)".utf8), lineNumber: 1)
          })
      } ?? []
    }
    compare(pages)
  }

  /// Large enough for several batches: together they are all lines.
  @Test func batchesAreAllPages() throws {
    var page = try Toy.sites()[0]
    page.rows = (0..<6_000).map { page.rows[$0 % page.rows.count] }
    let pages = (0..<13).map { number in
      var page = page
      page.rows[0].text = Array("Home \(number)".utf8)
      return page
    }
    let held = HeldOutPages(pages, folds: 2)
    var slopes = LineSlopes(corpus: held.corpus, held: held.held, folds: held.folds)
    #expect(slopes.batchCount == held.corpus.lines.count / LineSlopes.batchLines)
    #expect(slopes.batchCount > 1)
    let pool = PoolWeights(labelCount: held.corpus.labels.count)
    var lines = 0
    for batch in 0..<slopes.batchCount {
      slopes.read(at: pool, batch: batch)
      #expect(slopes.lineCount >= 2 * 6_000)
      lines += slopes.lineCount
    }
    #expect(lines == held.corpus.lines.count)
  }
}
