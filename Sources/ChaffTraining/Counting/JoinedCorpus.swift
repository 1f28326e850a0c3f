import Chaff

extension IndexedCorpus {
  /// All pages of some corpora, in the order of ``merging(_:)``, without going over all their lines.
  ///
  /// Features keep the numbers that they have in the first corpus, and those of others are numbered as they come: to number
  /// them in the order of the pages took twice as long as all the rest. Training does not ask for it; files do.
  /// - Parameter corpora: is empty afterwards, so that nothing is copied.
  /// - Complexity: O(pages × log pages + features of the corpora but the first).
  static func joining(_ corpora: inout [IndexedCorpus]) -> IndexedCorpus {
    let labels = LabelSet(corpora.lazy.flatMap(\.usedLabels))
    let places = places(corpora)
    var firstLines: [Int] = []
    var joined = IndexedCorpus()
    for number in corpora.indices {
      var corpus = IndexedCorpus()
      swap(&corpus, &corpora[number])
      corpus.renumberLabels(corpus.labels.labels.map { labels.index(of: $0) ?? -1 })
      firstLines.append(joined.lines.count)
      if number == 0 { joined = corpus } else { joined.appendLines(of: corpus) }
    }
    corpora = []
    joined.labels = labels
    joined.pages = places.map { place in
      var page = place.page
      let first = firstLines[place.corpus]
      page.lines = first + page.lines.lowerBound..<first + page.lines.upperBound
      return page
    }
    return joined
  }

  /// Adds the lines of another corpus, whose labels have the same numbers.
  private mutating func appendLines(of other: IndexedCorpus) {
    let numbers = index.insertAll(of: other.index)
    let (firstFeature, firstShape) = (features.count, shapes.count)
    features.reserveCapacity(firstFeature + other.features.count)
    numbers.withUnsafeBufferPointer { numbers in
      for feature in other.features { features.append(numbers[Int(feature)]) }
    }
    shapes.append(contentsOf: other.shapes)
    lines.reserveCapacity(lines.count + other.lines.count)
    for var line in other.lines {
      line.features = firstFeature + line.features.lowerBound..<firstFeature + line.features.upperBound
      line.shapes = firstShape + line.shapes.lowerBound..<firstShape + line.shapes.upperBound
      lines.append(line)
    }
  }
}
