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
    for (number, page) in corpus.pages.enumerated() where !page.isPart {
      var evidence = LineEvidence(groups: held.groups)
      var posteriors: [SIMD16<Float>] = []
      pool.append(page.lines, of: corpus, held, vectors, to: &evidence)
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
    let corpus = IndexedCorpus(pages, usesForms: true)
    var total = FeatureCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
    total.add(corpus, pages: corpus.pages.indices)
    let folds = Folds(count: 3)
    let features = FeatureSelection.features(of: corpus, total, ToyModel.options)
    let held = HeldOutScores(corpus: corpus, total: total, keeping: features, folds: folds, options: ToyModel.options)
    var slopes = LineSlopes(corpus: corpus, held: held, folds: folds)
    var pool = PoolWeights(labelCount: corpus.labels.count)
    // Twice, since the memory is used again.
    for step in 0..<2 {
      for index in pool.weights.indices { pool.weights[index] = 0.1 + Double((index * 7 + step) % 5) / 10 }
      slopes.read(at: pool)
      let expected = expected(corpus, held, folds, pool)
      // To the bit: a model's bytes hang on it.
      #expect(slopes.lineCount == expected.lines && expected.lines > 0, sourceLocation: location)
      #expect(slopes.bias() == expected.bias, sourceLocation: location)
      let weights = (0..<FeatureBlock.count).flatMap { slopes.weights(ofBlock: $0) }
      #expect(weights == expected.weights, sourceLocation: location)
      #expect(weights.contains { $0 != 0 }, sourceLocation: location)
    }
  }

  @Test func slopesAddUpToTheGradientToTheBit() throws {
    var pages = try Toy.sites()
    // Lines without a label are decoded, and count for nothing.
    for page in pages.indices where page % 3 == 0 { pages[page].rows[0].label = nil }
    compare(pages)
  }

  @Test func moreThanSixteenLabelsHaveTheirs() throws {
    let rows = (0..<20).map { "kind/\($0)\tword\($0) of page\n" }
    compare(try Toy.pages((0..<9).map { page in rows.dropFirst(page).joined() }.joined(separator: "\n")))
  }
}

struct ParallelTests {
  @Test(arguments: [0, 1, 2, 7, 1000])
  func eachNumberIsDoneOnceAndInItsPlace(_ count: Int) {
    #expect(Parallel.map(count) { $0 * $0 } == (0..<count).map { $0 * $0 })
  }

  @Test(arguments: [0, 1, 3, 64, 1001])
  func partsMakeTheWhole(_ count: Int) {
    let parts = Parallel.parts(of: 5..<5 + count)
    #expect(parts.flatMap { Array($0) } == Array(5..<5 + count))
    #expect(Parallel.processorCount >= 1)
  }
}
