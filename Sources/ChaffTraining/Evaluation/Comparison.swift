import Chaff

/// Two models on the same pages: which is better, by how much, and on what.
package struct Comparison: Sendable {
  /// How a figure of the first model differs from the second's.
  package struct Difference: Sendable, Equatable {
    package let name: String
    package let first: Double?
    package let second: Double?
    /// First less second, with the paired bootstrap's interval.
    package let difference: Figure
    /// The share of resamples in which the first is better, an equal one counted half; nil if it is undefined.
    package let winShare: Double?
  }

  /// What happens to the lines of one gold label.
  package struct Kind: Sendable, Equatable {
    package let name: String
    package let support: Int
    /// Lines of it whose category each has right.
    package let firstRight: Int
    package let secondRight: Int
    package let test: McNemar
  }

  package let first: Evaluation
  package let second: Evaluation
  /// Accuracy, macro-F1, then F1 by category.
  package let differences: [Difference]
  /// On all lines.
  package let test: McNemar
  /// Gold labels that have lines.
  package let kinds: [Kind]
  /// Lines whose category only one has right: numbers of lines, the surest first.
  package let changed: [Int]

  /// - Parameters:
  ///   - first: of the pages.
  ///   - second: of the same pages, over the same labels.
  package init(_ first: Evaluation, _ second: Evaluation, seed: UInt64 = Bootstrap.seed) {
    precondition(first.labels == second.labels && first.lines.count == second.lines.count)
    self.first = first
    self.second = second
    differences = Self.differences(first, second, seed)
    var test = McNemar()
    var byKind = first.labels.labels.map { _ in (support: 0, first: 0, second: 0, test: McNemar()) }
    var changed: [Int] = []
    for line in first.lines.indices {
      let gold = first.goldCategory(line)
      let (a, b) = (first.predictedCategory(line) == gold, second.predictedCategory(line) == gold)
      test.add(first: a, second: b)
      let kind = first.lines[line].gold
      byKind[kind].support += 1
      byKind[kind].first += a ? 1 : 0
      byKind[kind].second += b ? 1 : 0
      byKind[kind].test.add(first: a, second: b)
      if a != b { changed.append(line) }
    }
    self.test = test
    kinds = zip(first.labels.labels, byKind).filter { $0.1.support > 0 }.map { label, sum in
      Kind(
        name: label.path, support: sum.support, firstRight: sum.first, secondRight: sum.second, test: sum.test)
    }
    let weights = changed.map { first.confidence(line: $0) + second.confidence(line: $0) }
    self.changed = changed.indices.sorted {
      weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1
    }.map { changed[$0] }
  }

  private static func differences(_ first: Evaluation, _ second: Evaluation, _ seed: UInt64) -> [Difference] {
    let classes = first.categories.classes
    func figures(_ matrix: ConfusionMatrix) -> [Double?] {
      [matrix.accuracy, matrix.macroF1] + classes.indices.map { matrix.f1($0) }
    }
    let groups = PageGroup.numbers(first.pages)
    let units = (groups.max() ?? -1) + 1
    let a = SparseMatrices(first.categoriesByPage, units: groups)
    let b = SparseMatrices(second.categoriesByPage, units: groups)
    let values = Bootstrap.values(units: units, count: classes.count + 2, seed: seed) { draws in
      zip(figures(a.sum(draws, classes: classes)), figures(b.sum(draws, classes: classes))).map { a, b in
        a.flatMap { a in b.map { a - $0 } }
      }
    }
    let names = ["accuracy", "macro-f1"] + classes.map { $0 + ".f1" }
    return names.indices.map { index in
      let (one, other) = (figures(first.categories)[index], figures(second.categories)[index])
      let wins = values[index].reduce(0.0) { $0 + ($1 > 0 ? 1 : $1 == 0 ? 0.5 : 0) }
      return Difference(
        name: names[index], first: one, second: other,
        difference: Figure(one.flatMap { one in other.map { one - $0 } }, Interval.percentile(values[index])),
        winShare: values[index].isEmpty ? nil : wins / Double(values[index].count))
    }
  }
}
