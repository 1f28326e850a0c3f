import Chaff

/// The wrong lines by kind of confusion: what they are and what they were taken for.
package struct Confusions: Sendable, Equatable {
  /// Lines of one category that were taken for another.
  package struct Group: Sendable, Equatable {
    package let gold: Int
    package let predicted: Int
    /// The numbers of the lines: those with the most probability on the wrong category first.
    package let lines: [Int]
  }

  /// The largest group first; of equals, the lower categories.
  package let groups: [Group]

  /// - Complexity: O(*n* log *n*).
  package init(_ evaluation: Evaluation) {
    let count = evaluation.labels.categories.count
    var lines = [[Int]](repeating: [], count: count * count)
    for line in evaluation.lines.indices {
      let (gold, predicted) = (evaluation.goldCategory(line), evaluation.predictedCategory(line))
      if gold != predicted { lines[gold * count + predicted].append(line) }
    }
    let groups = lines.indices.filter { !lines[$0].isEmpty }.map { index in
      let sorted = lines[index].map { (line: $0, confidence: evaluation.confidence(line: $0)) }.sorted {
        $0.confidence != $1.confidence ? $0.confidence > $1.confidence : $0.line < $1.line
      }
      return Group(gold: index / count, predicted: index % count, lines: sorted.map(\.line))
    }
    self.groups = groups.sorted { left, right in
      left.lines.count != right.lines.count
        ? left.lines.count > right.lines.count : (left.gold, left.predicted) < (right.gold, right.predicted)
    }
  }
}
