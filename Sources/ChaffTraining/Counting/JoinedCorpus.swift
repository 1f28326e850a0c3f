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
      if number == 0 { swap(&joined, &corpus) } else { joined.append(corpus, isLast: number == corpora.count - 1) }
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
  /// - Parameter isLast: whether no other follows.
  private mutating func append(_ other: IndexedCorpus, isLast: Bool) {
    let numbers = isLast ? index.insertLast(other.index) : index.insertAll(of: other.index)
    for feature in other.longNames { longNames.insert(numbers[Int(feature)]) }
    texts.append(other.texts)
    var (features, lines) = ([UInt32](), [Line]())
    swap(&features, &self.features)
    swap(&lines, &self.lines)
    let firstFeature = features.count
    Parallel.forEach(2) { part in
      if part == 0 {
        features.append(other.features, as: numbers)
      } else {
        for var line in other.lines {
          line.features = firstFeature + line.features.lowerBound..<firstFeature + line.features.upperBound
          lines.append(line)
        }
      }
    }
    swap(&features, &self.features)
    swap(&lines, &self.lines)
  }
}

extension [UInt32] {
  /// Appends features by other numbers.
  fileprivate mutating func append(_ features: [UInt32], as numbers: [UInt32]) {
    guard !features.isEmpty else { return }
    append(addingCapacity: features.count) { own in
      own.withUnsafeMutableBufferPointer { own, count in
        numbers.withUnsafeBufferPointer { numbers in
          for (place, feature) in features.enumerated() { own[place] = numbers[Int(feature)] }
        }
        count = features.count
      }
    }
  }
}
