import Chaff

extension PagePhases {
  /// The phases that a corpus's chain tells apart: the text of the article is what most lines of its category are.
  ///
  /// One phase where the options ask for no more, the labels do not have the category, or no line is of it.
  /// - Complexity: O(lines).
  init(of corpus: IndexedCorpus, _ options: TrainingOptions) {
    let labels = corpus.labels
    guard options.usesPhases, let category = labels.categoryIndex(options.articleCategory) else {
      self.init(labelCount: labels.count)
      return
    }
    var lines = [Int](repeating: 0, count: labels.count)
    for page in corpus.pages {
      for line in corpus.lines[page.lines] where line.label >= 0 && labels.categoryOfLabel[line.label] == category {
        lines[line.label] += page.copies
      }
    }
    // Of equals the first.
    let text = lines.indices.reduce(0) { lines[$1] > lines[$0] ? $1 : $0 }
    self.init(labels, text: lines[text] > 0 ? text : nil)
  }
}
