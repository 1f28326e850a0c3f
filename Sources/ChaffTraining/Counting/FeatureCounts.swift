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

  /// Adds the lines of pages (`sign` 1), or takes them away (−1); a page of several copies counts as often.
  mutating func add(_ corpus: IndexedCorpus, pages chosen: some Sequence<Int>, sign: Int32 = 1) {
    var lastPage = [Int32](repeating: -1, count: pages.count)
    for page in chosen {
      let times = sign * Int32(corpus.pages[page].copies)
      let weight = corpus.pages[page].isPart ? times : times * Self.wholePageWeight
      for line in corpus.lines[corpus.pages[page].lines] where line.label >= 0 {
        lines[line.label] += Int(weight)
        rows[line.label] += Int(times)
        for feature in corpus.features[line.features] {
          let feature = Int(feature)
          hashed[feature * labelCount + line.label] += weight
          totals[corpus.index.blocks[feature].rawValue * labelCount + line.label] += Int(weight)
          if lastPage[feature] != Int32(page) {
            lastPage[feature] = Int32(page)
            pages[feature] += times
          }
        }
        for shape in corpus.shapes[line.shapes] { shapes[Int(shape) * labelCount + line.label] += weight }
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
