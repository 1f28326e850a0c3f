import CLanes
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
  private(set) var byLabel: [Int32]
  /// On how many pages a feature stands.
  private(set) var pages: [Int32]
  /// `blocks × labels`.
  var totals: [Int]
  /// By label: lines, each once.
  private(set) var rows: [Int]

  init(labelCount: Int, featureCount: Int) {
    self.labelCount = labelCount
    byLabel = Array(repeating: 0, count: featureCount * labelCount)
    pages = Array(repeating: 0, count: featureCount)
    totals = Array(repeating: 0, count: FeatureBlock.count * labelCount)
    rows = Array(repeating: 0, count: labelCount)
  }

  /// The counts of a model, its features numbered as in its vocabulary, with room for more.
  /// - Precondition: counts are below 2³¹.
  init(_ vocabulary: Vocabulary, labelCount: Int, featureCount: Int) {
    self.init(labelCount: labelCount, featureCount: featureCount)
    for (number, feature) in vocabulary.features.enumerated() {
      pages[number] = Int32(feature.pages)
      for (label, count) in feature.counts { byLabel[number * labelCount + label] = Int32(count) }
    }
    totals = vocabulary.totals
    rows = vocabulary.lines
  }

  /// The counts of some features, numbered by their places in the list; the sums are still those of all features.
  func keeping(_ features: [Int]) -> FeatureCounts {
    var kept = self
    kept.byLabel = []
    kept.byLabel.reserveCapacity(features.count * labelCount)
    byLabel.withUnsafeBufferPointer { byLabel in
      for feature in features {
        kept.byLabel.append(contentsOf: byLabel[feature * labelCount..<(feature + 1) * labelCount])
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

  /// Adds the lines of all pages, which some threads count apart.
  /// - Parameter onPages: on how many pages each feature stands, if that has been counted before.
  mutating func add(_ corpus: IndexedCorpus, onPages: [Int32]? = nil) {
    let parts = Self.parts(of: corpus)
    let counted = Parallel.map(parts.count) { part in
      var counts = FeatureCounts(labelCount: labelCount, featureCount: pages.count)
      counts.addLines(corpus, Array(parts[part]), 1)
      if onPages == nil { Self.addPages(corpus, Array(parts[part]), 1, to: &counts.pages) }
      return counts
    }
    for part in counted { add(part) }
    if let onPages { pages.add(onPages) }
  }

  /// On how many pages each feature of a corpus stands.
  static func pages(of corpus: IndexedCorpus) -> [Int32] {
    let parts = Self.parts(of: corpus)
    let counted = Parallel.map(parts.count) { part in
      var pages = [Int32](repeating: 0, count: corpus.index.count)
      addPages(corpus, Array(parts[part]), 1, to: &pages)
      return pages
    }
    return counted.dropFirst().reduce(into: counted.first ?? []) { $0.add($1) }
  }

  /// The pages that are counted by one thread: few parts, since each has counts of its own.
  private static func parts(of corpus: IndexedCorpus) -> [Range<Int>] {
    Parallel.parts(of: corpus.pages.indices, perProcessor: 1, atMost: 4)
  }

  /// Adds the counts of other pages.
  private mutating func add(_ other: FeatureCounts) {
    byLabel.add(other.byLabel)
    pages.add(other.pages)
    totals.add(other.totals)
    rows.add(other.rows)
  }

  private mutating func addLines(_ corpus: IndexedCorpus, _ chosen: [Int], _ sign: Int32) {
    let (labelCount, blocks) = (labelCount, corpus.index.blockNumbers)
    for number in chosen {
      let page = corpus.pages[number]
      let times = sign * Int32(page.copies)
      let weight = page.isPart ? times : times * Self.wholePageWeight
      for line in page.lines where corpus.lines[line].label >= 0 {
        let line = corpus.lines[line]
        let counts = byLabel.withUnsafeMutableBufferPointer { corpus.count(line, to: $0, labelCount, weight, blocks) }
        for block in 0..<FeatureBlock.count {
          totals[block * labelCount + line.label] += Int(weight) * Int(counts[block])
        }
        rows[line.label] += Int(times)
      }
    }
  }

  private static func addPages(
    _ corpus: IndexedCorpus, _ chosen: [Int], _ sign: Int32, to pages: inout [Int32]
  ) {
    // Side by side, so that a feature's two numbers come from memory at once.
    var paged = pages.map { chaff_paged_feature(pages: $0, last: -1) }
    paged.withUnsafeMutableBufferPointer { paged in
      corpus.features.withUnsafeBufferPointer { features in
        guard let base = features.baseAddress else { return }
        for number in chosen {
          let page = corpus.pages[number]
          for line in page.lines where corpus.lines[line].label >= 0 {
            let range = corpus.lines[line].features
            chaff_count_page(
              base + range.lowerBound, range.count, Int32(number), sign * Int32(page.copies), paged.baseAddress)
          }
        }
      }
    }
    pages = paged.map(\.pages)
  }

  /// Adds lines whose labels are guessed, as lines of whole pages that count `weight` times; counts stay whole numbers.
  mutating func add(_ expected: ExpectedCounts, weight: Double) {
    let unit = weight * Double(Self.wholePageWeight) / Double(ExpectedCounts.one)
    func whole(_ sum: Int64) -> Int { Int((Double(sum) * unit).rounded()) }
    for (place, sum) in expected.byLabel.enumerated() where sum > 0 { byLabel[place] += Int32(whole(sum)) }
    for (feature, count) in expected.pages.enumerated() { pages[feature] += count }
    for (place, sum) in expected.totals.enumerated() { totals[place] += whole(sum) }
  }
}

extension IndexedCorpus {
  /// Adds the features of a line to counts; returns how many there are of each block, with those that were left out.
  @inline(__always)
  fileprivate func count(
    _ line: Line, to byLabel: UnsafeMutableBufferPointer<Int32>, _ labelCount: Int, _ weight: Int32, _ blocks: [UInt8]
  ) -> SIMD4<UInt32> {
    var counts = line.leftOut
    features.withUnsafeBufferPointer { features in
      guard let base = features.baseAddress else { return }
      withUnsafeMutableBytes(of: &counts) { counts in
        chaff_count_features(
          base + line.features.lowerBound, line.features.count, features.count - line.features.lowerBound, labelCount,
          line.label, weight, blocks, byLabel.baseAddress, counts.assumingMemoryBound(to: UInt32.self).baseAddress)
      }
    }
    return counts
  }
}

extension Array where Element: FixedWidthInteger {
  /// Adds numbers to those at the same places.
  fileprivate mutating func add(_ other: [Element]) {
    withUnsafeMutableBufferPointer { own in
      other.withUnsafeBufferPointer { other in
        for place in own.indices { own[place] &+= other[place] }
      }
    }
  }
}
