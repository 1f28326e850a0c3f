import Chaff

/// What a model makes of labelled pages.
public struct Evaluation: Sendable {
  /// By category: all pages together.
  public let categories: ConfusionMatrix
  /// By kind.
  public let kinds: ConfusionMatrix
  /// By category: each page.
  public let categoriesByPage: [ConfusionMatrix]
  /// By kind: each page.
  public let kindsByPage: [ConfusionMatrix]

  /// The labels of the model and of the data together.
  package let labels: LabelSet
  package let pages: [LabelledPage]
  /// Every line that is scored, in order.
  package let lines: [ScoredLine]
  /// What judged the pages: one model, or one for each fold.
  package let judges: [LineClassifier]
  /// For each page, which of them.
  package let judgeOfPage: [Int]
  /// Whether each line was judged by itself.
  package let linesAlone: Bool
  /// Posterior of each category: `lines × categories`.
  private let posteriors: [Double]

  /// Classifies pages and compares. Parts are classified like pages; `skip` lines stand in the page and are not scored.
  ///
  /// Classes are those of the model and of the data together.
  /// - Complexity: O(bytes).
  public init(_ pages: [LabelledPage], classifier: LineClassifier, linesAlone: Bool = false) {
    self.init(pages, judges: [classifier], judgeOfPage: pages.map { _ in 0 }, linesAlone: linesAlone)
  }

  /// Classifies each page by one of several models.
  /// - Parameters:
  ///   - more: labels that are to be classes too.
  ///   - progress: is told how much is done, from 0 to 1.
  package init(
    _ pages: [LabelledPage], judges: [LineClassifier], judgeOfPage: [Int], linesAlone: Bool, more: [Label] = [],
    progress: (Double) -> Void = { _ in }
  ) {
    let labels = LabelSet(
      pages.lazy.flatMap { $0.rows.lazy.compactMap(\.label) } + judges.flatMap(\.labels) + more)
    var scored = Scored(labels: labels, judges: judges.map { LabelSet($0.labels) })
    for (number, page) in pages.enumerated() {
      let predictions = Self.predict(page, judges[judgeOfPage[number]], linesAlone)
      scored.add(page, number, predictions, judge: judgeOfPage[number])
      if number % 16 == 0 { progress(Double(number) / Double(pages.count)) }
    }
    self.labels = labels
    self.pages = pages
    self.judges = judges
    self.judgeOfPage = judgeOfPage
    self.linesAlone = linesAlone
    lines = scored.lines
    posteriors = scored.posteriors
    categoriesByPage = scored.categories
    kindsByPage = scored.kinds
    categories = Self.sum(categoriesByPage, classes: labels.categories)
    kinds = Self.sum(kindsByPage, classes: labels.labels.map(\.path))
  }

  private static func predict(
    _ page: LabelledPage, _ classifier: LineClassifier, _ linesAlone: Bool
  ) -> [LinePrediction?] {
    // A line feed inside a row would make two lines of it.
    let lines = page.rows.map { row in row.text.map { $0 == 0x0a ? 0x20 : $0 } }
    let bytes = Array(lines.joined(separator: [0x0a]))
    return classifier.classify(utf8: bytes, linesAlone: linesAlone).map(\.prediction)
  }

  private static func sum(_ pages: [ConfusionMatrix], classes: [String]) -> ConfusionMatrix {
    var sum = ConfusionMatrix(classes: classes)
    for page in pages { sum.add(page) }
    return sum
  }

  // MARK: Lines

  /// The posterior probability of a category of a line, as cleaning sees it.
  package func probability(line: Int, category: Int) -> Double {
    posteriors[line * labels.categories.count + category]
  }

  /// The posterior probability of the predicted category.
  package func confidence(line: Int) -> Double { probability(line: line, category: predictedCategory(line)) }

  package func goldCategory(_ line: Int) -> Int { labels.categoryOfLabel[lines[line].gold] }

  package func predictedCategory(_ line: Int) -> Int { labels.categoryOfLabel[lines[line].predicted] }

  /// The row that a line is.
  package func row(_ line: ScoredLine) -> LabelledPage.Row { pages[line.page].rows[line.row] }
}

/// Lines, their posteriors and each page's matrices, as they are gathered.
private struct Scored {
  let labels: LabelSet
  /// For each judge and category, the judge's labels that are of it.
  private let members: [[[Int]]]
  var lines: [ScoredLine] = []
  var posteriors: [Double] = []
  var categories: [ConfusionMatrix] = []
  var kinds: [ConfusionMatrix] = []

  init(labels: LabelSet, judges: [LabelSet]) {
    self.labels = labels
    members = judges.map { judge in
      labels.categories.map { name in
        judge.categoryIndex(name).map { index in
          judge.categoryOfLabel.indices.filter { judge.categoryOfLabel[$0] == index }
        }
          ?? []
      }
    }
  }

  mutating func add(_ page: LabelledPage, _ number: Int, _ predictions: [LinePrediction?], judge: Int) {
    var categories = ConfusionMatrix(classes: labels.categories)
    var kinds = ConfusionMatrix(classes: labels.labels.map(\.path))
    for (index, (row, prediction)) in zip(page.rows, predictions).enumerated() {
      guard let label = row.label, let prediction, let gold = labels.index(of: label),
        let predicted = labels.index(of: prediction.label)
      else { continue }
      kinds.add(gold: gold, predicted: predicted)
      categories.add(gold: labels.categoryOfLabel[gold], predicted: labels.categoryOfLabel[predicted])
      lines.append(ScoredLine(page: number, row: index, gold: gold, predicted: predicted))
      for members in members[judge] {
        // In single precision and the labels' order, as cleaning adds them.
        let sum = members.reduce(Float(0)) { $0 + Float(prediction.posteriors[$1]) }
        posteriors.append(Double(min(sum, 1)))
      }
    }
    self.categories.append(categories)
    self.kinds.append(kinds)
  }
}
