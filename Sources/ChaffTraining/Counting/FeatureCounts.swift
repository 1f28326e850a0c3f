import Chaff

/// How often features stand on lines of each label: the sufficient statistics of naive Bayes.
///
/// Counts are integers and add up: the counts of two sets of pages are the sum of theirs. A line of a whole page counts
/// ``wholePageWeight`` times, a line of a part once: parts over-sample nags, and with equal weight the
/// categories of real pages were told worse.
struct FeatureCounts: Sendable {
  /// How often a line of a whole page counts.
  static let wholePageWeight: Int32 = 4
  /// The most lines, each as often as it counts, so that no count can overflow.
  static let rowLimit = 1 << 28

  let labelCount: Int
  /// `features × labels`.
  private(set) var hashed: [Int32]
  /// On how many pages a feature stands.
  private(set) var pages: [Int32]
  /// `shape features × labels`.
  private(set) var shapes: [Int32]
  /// `hashed blocks × labels`.
  private(set) var totals: [Int]
  /// By label.
  private(set) var lines: [Int]
  /// By label: lines, each once.
  private(set) var rows: [Int]

  init(labelCount: Int, featureCount: Int) {
    self.labelCount = labelCount
    hashed = Array(repeating: 0, count: featureCount * labelCount)
    pages = Array(repeating: 0, count: featureCount)
    shapes = Array(repeating: 0, count: ShapeFeatures.count * labelCount)
    totals = Array(repeating: 0, count: FeatureBlock.hashed.count * labelCount)
    lines = Array(repeating: 0, count: labelCount)
    rows = lines
  }

  /// The counts of a model, its features numbered as in its vocabulary, with room for more.
  /// - Precondition: counts are below 2³¹.
  init(_ vocabulary: Vocabulary, labelCount: Int, featureCount: Int) {
    self.init(labelCount: labelCount, featureCount: featureCount)
    for (number, feature) in vocabulary.features.enumerated() {
      pages[number] = Int32(feature.pages)
      for (label, count) in feature.counts { hashed[number * labelCount + label] = Int32(count) }
    }
    shapes = vocabulary.shapeCounts.map { Int32($0) }
    totals = vocabulary.totals
    rows = vocabulary.lines
    // Every line has the same number of shape features.
    for (place, count) in vocabulary.shapeCounts.enumerated() { lines[place % labelCount] += count }
    lines = lines.map { $0 / ShapeFeatures.attributeCount }
  }

  /// The counts of some features, numbered by their places in the list; the sums are still those of all features.
  func keeping(_ features: [Int]) -> FeatureCounts {
    var kept = self
    kept.hashed = []
    kept.hashed.reserveCapacity(features.count * labelCount)
    hashed.withUnsafeBufferPointer { hashed in
      for feature in features {
        kept.hashed.append(contentsOf: hashed[feature * labelCount..<(feature + 1) * labelCount])
      }
    }
    kept.pages = features.map { pages[$0] }
    return kept
  }

  /// Adds the lines of pages (`sign` 1), or takes them away (−1); a page of several copies counts as often.
  mutating func add(_ corpus: IndexedCorpus, pages chosen: some Sequence<Int>, sign: Int32 = 1) {
    let chosen = Array(chosen)
    addLines(corpus, chosen, sign)
    Self.addPages(corpus, chosen, sign, to: &pages)
  }

  /// Adds the lines of all pages. What is counted by label and what by page, on two threads.
  mutating func add(_ corpus: IndexedCorpus) {
    let all = Array(corpus.pages.indices)
    var pages: [Int32] = []
    swap(&pages, &self.pages)
    Parallel.forEach(2) { part in
      if part == 0 { addLines(corpus, all, 1) } else { Self.addPages(corpus, all, 1, to: &pages) }
    }
    swap(&pages, &self.pages)
  }

  private mutating func addLines(_ corpus: IndexedCorpus, _ chosen: [Int], _ sign: Int32) {
    let labelCount = labelCount
    for number in chosen {
      let page = corpus.pages[number]
      let times = sign * Int32(page.copies)
      let weight = page.isPart ? times : times * Self.wholePageWeight
      for line in page.lines where corpus.lines[line].label >= 0 {
        let line = corpus.lines[line]
        let blocks = hashed.withUnsafeMutableBufferPointer { hashed in
          corpus.count(line, to: hashed, labelCount, weight)
        }
        for block in FeatureBlock.hashed.indices {
          totals[block * labelCount + line.label] += Int(weight) * Int(blocks[block])
        }
        for shape in line.shapes { shapes[Int(corpus.shapes[shape]) * labelCount + line.label] += weight }
        lines[line.label] += Int(weight)
        rows[line.label] += Int(times)
      }
    }
  }

  private static func addPages(
    _ corpus: IndexedCorpus, _ chosen: [Int], _ sign: Int32, to pages: inout [Int32]
  ) {
    // The last page, of those that are added, that a feature stands on.
    var lastPage = [Int32](repeating: -1, count: pages.count)
    pages.withUnsafeMutableBufferPointer { pages in
      lastPage.withUnsafeMutableBufferPointer { lastPage in
        for number in chosen {
          let times = sign * Int32(corpus.pages[number].copies)
          for line in corpus.pages[number].lines where corpus.lines[line].label >= 0 {
            corpus.forEachFeature(corpus.lines[line]) { feature in
              pages[feature] &+= lastPage[feature] == Int32(number) ? 0 : times
              lastPage[feature] = Int32(number)
            }
          }
        }
      }
    }
  }

  /// Adds lines whose labels are guessed, as lines of whole pages that count `weight` times; counts stay whole numbers.
  mutating func add(_ expected: ExpectedCounts, weight: Double) {
    let unit = weight * Double(Self.wholePageWeight) / Double(ExpectedCounts.one)
    func whole(_ sum: Int64) -> Int { Int((Double(sum) * unit).rounded()) }
    for (place, sum) in expected.hashed.enumerated() where sum > 0 { hashed[place] += Int32(whole(sum)) }
    for (feature, count) in expected.pages.enumerated() { pages[feature] += count }
    for (place, sum) in expected.totals.enumerated() { totals[place] += whole(sum) }
    lines = Array(repeating: 0, count: labelCount)
    for (place, sum) in expected.shapes.enumerated() {
      shapes[place] += Int32(whole(sum))
      lines[place % labelCount] += Int(shapes[place])
    }
    lines = lines.map { $0 / ShapeFeatures.attributeCount }
  }
}

extension IndexedCorpus {
  /// Calls `body` with the number of each hashed feature of a line.
  @inline(__always)
  fileprivate func forEachFeature(_ line: Line, _ body: (Int) -> Void) {
    features.withUnsafeBufferPointer { features in
      for index in line.features { body(Int(features[index])) }
    }
  }

  /// Adds the features of a line to counts; returns how many there are of each block, with those that were left out.
  @inline(__always)
  fileprivate func count(
    _ line: Line, to hashed: UnsafeMutableBufferPointer<Int32>, _ labelCount: Int, _ weight: Int32
  ) -> SIMD4<UInt32> {
    var blocks = line.leftOut
    index.blocks.withUnsafeBufferPointer { blockOfFeature in
      forEachFeature(line) { feature in
        hashed[feature &* labelCount &+ line.label] += weight
        blocks[blockOfFeature[feature].rawValue] &+= 1
      }
    }
    return blocks
  }
}
