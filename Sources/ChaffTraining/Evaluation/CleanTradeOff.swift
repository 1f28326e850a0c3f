import Chaff

/// What `clean` would lose and remove at every threshold.
package struct CleanTradeOff: Sendable, Equatable {
  /// What a threshold gives.
  package struct Point: Sendable, Equatable {
    package let threshold: Double
    /// Words of article lines below the threshold.
    package let wordsLost: Int
    /// Lines of registration and donation below it.
    package let nagsRemoved: Int
    /// Lines of any category but the article below it.
    package let chaffRemoved: Int
  }

  /// By rising threshold; the first keeps everything.
  package let points: [Point]
  package let words: Int
  package let nags: Int
  package let chaff: Int

  /// The category that is kept.
  package static let article = "content"
  /// The categories that nag.
  package static let nagging: Set<String> = ["registration", "donation"]

  /// - Parameter lines: each line's probability of being the article, whether it is, whether it nags, and its words.
  package init(_ lines: [(probability: Double, isArticle: Bool, isNag: Bool, words: Int)]) {
    let sorted = lines.sorted { $0.probability < $1.probability }
    var points = [Point(threshold: sorted.first?.probability ?? 0, wordsLost: 0, nagsRemoved: 0, chaffRemoved: 0)]
    var (words, nags, chaff) = (0, 0, 0)
    for (index, line) in sorted.enumerated() {
      if index > 0 && sorted[index - 1].probability < line.probability {
        points.append(Point(threshold: line.probability, wordsLost: words, nagsRemoved: nags, chaffRemoved: chaff))
      }
      if line.isArticle { words += line.words } else { chaff += 1 }
      if line.isNag { nags += 1 }
    }
    self.points = points
    (self.words, self.nags, self.chaff) = (words, nags, chaff)
  }

  /// What a threshold gives.
  package func at(_ threshold: Double) -> Point {
    // The first probability that is kept decides.
    let index = points.firstIndex { $0.threshold >= threshold }
    guard let index else {
      return Point(threshold: threshold, wordsLost: words, nagsRemoved: nags, chaffRemoved: chaff)
    }
    let point = points[index]
    return Point(
      threshold: threshold, wordsLost: point.wordsLost, nagsRemoved: point.nagsRemoved,
      chaffRemoved: point.chaffRemoved)
  }

  /// The share of article words lost; nil without any.
  package func lost(_ point: Point) -> Double? { words > 0 ? Double(point.wordsLost) / Double(words) : nil }

  /// The share of nags removed; nil without any.
  package func nagShare(_ point: Point) -> Double? { nags > 0 ? Double(point.nagsRemoved) / Double(nags) : nil }

  /// The share of all that is not the article removed; nil without any.
  package func chaffShare(_ point: Point) -> Double? { chaff > 0 ? Double(point.chaffRemoved) / Double(chaff) : nil }

  /// At most so many points, evenly spread over the words lost and the lines removed.
  package func thinned(to count: Int) -> [Point] {
    guard points.count > count, count > 1 else { return points }
    let total = max(1, words) * 2
    func progress(_ point: Point) -> Int {
      (point.wordsLost + point.chaffRemoved * max(1, words) / max(1, chaff)) * (count - 1) / total
    }
    var last = -1
    return points.filter { point in
      defer { last = progress(point) }
      return progress(point) > last
    }
  }
}

extension Evaluation {
  /// The trade-off of cleaning; nil if there is no category "content".
  package var cleanTradeOff: CleanTradeOff? {
    guard let article = labels.categoryIndex(CleanTradeOff.article) else { return nil }
    let nagging = labels.categories.map { CleanTradeOff.nagging.contains($0) }
    return CleanTradeOff(
      lines.indices.map { line in
        let gold = goldCategory(line)
        return (probability(line: line, category: article), gold == article, nagging[gold], wordCount(line))
      })
  }

  /// The words of a line, counted as in training.
  func wordCount(_ line: Int) -> Int { max(1, row(lines[line]).text.split(separator: 0x20).count) }
}
