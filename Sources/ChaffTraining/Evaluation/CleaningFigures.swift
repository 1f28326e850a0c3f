import Chaff

/// What one of the named thresholds of `clean` gives, with intervals.
package struct CleaningFigures: Sendable {
  package let name: String
  package let threshold: Double
  /// The share of article words lost; bootstrap over pages.
  package let wordsLost: Figure
  package let nagsRemoved: Figure
  package let chaffRemoved: Figure

  static func of(
    _ evaluation: Evaluation, _ tradeOff: CleanTradeOff?, unitOfLine: [Int], units: Int, seed: UInt64
  ) -> [CleaningFigures] {
    guard let tradeOff, let article = evaluation.labels.categoryIndex(CleanTradeOff.article) else { return [] }
    // Of several models the first's: each has its own, and they lie close together.
    let own = evaluation.judges.first?.cleanThreshold ?? 0.5
    let named = [("careful", own / 10), ("default", own), ("aggressive", 0.5)]
    var words = [Int](repeating: 0, count: units)
    var lost = [[Int]](repeating: words, count: named.count)
    for line in evaluation.lines.indices where evaluation.goldCategory(line) == article {
      let count = evaluation.wordCount(line)
      words[unitOfLine[line]] += count
      for (index, (_, threshold)) in named.enumerated()
      where evaluation.probability(line: line, category: article) < threshold {
        lost[index][unitOfLine[line]] += count
      }
    }
    func sum(_ values: [Int], _ draws: [Int32]) -> Double {
      Double(draws.indices.reduce(0) { $0 + values[$1] * Int(draws[$1]) })
    }
    let intervals = Bootstrap.intervals(units: units, count: named.count, seed: seed) { draws in
      let whole = sum(words, draws)
      return lost.map { whole > 0 ? sum($0, draws) / whole : nil }
    }
    return named.indices.map { index in
      let point = tradeOff.at(named[index].1)
      return CleaningFigures(
        name: named[index].0, threshold: named[index].1,
        wordsLost: Figure(tradeOff.lost(point), intervals[index]),
        nagsRemoved: .proportion(point.nagsRemoved, of: tradeOff.nags),
        chaffRemoved: .proportion(point.chaffRemoved, of: tradeOff.chaff))
    }
  }
}
