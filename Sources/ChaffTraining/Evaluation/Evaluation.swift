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

  /// Classifies pages and compares. Parts are classified like pages; `skip` lines stand in the page and are not scored.
  ///
  /// Classes are those of the model and of the data together.
  /// - Complexity: O(bytes).
  public init(_ pages: [LabelledPage], classifier: LineClassifier, linesAlone: Bool = false) {
    let gold = LabelSet(pages.lazy.flatMap { $0.rows.lazy.compactMap(\.label) } + classifier.labels)
    var categoriesByPage: [ConfusionMatrix] = []
    var kindsByPage: [ConfusionMatrix] = []
    for page in pages {
      var categories = ConfusionMatrix(classes: gold.categories)
      var kinds = ConfusionMatrix(classes: gold.labels.map(\.path))
      for (row, prediction) in zip(page.rows, Self.predict(page, classifier, linesAlone)) {
        guard let label = row.label, let prediction, let goldKind = gold.index(of: label),
          let kind = gold.index(of: prediction.label)
        else { continue }
        kinds.add(gold: goldKind, predicted: kind)
        categories.add(gold: gold.categoryOfLabel[goldKind], predicted: gold.categoryOfLabel[kind])
      }
      categoriesByPage.append(categories)
      kindsByPage.append(kinds)
    }
    self.categoriesByPage = categoriesByPage
    self.kindsByPage = kindsByPage
    categories = Self.sum(categoriesByPage, classes: gold.categories)
    kinds = Self.sum(kindsByPage, classes: gold.labels.map(\.path))
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
}
