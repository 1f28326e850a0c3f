import Chaff

/// How often features stand on lines of each label: the sufficient statistics of naive Bayes.
///
/// Counts are integers and add up: the counts of two sets of pages are the sum of theirs.
struct FeatureCounts: Sendable {
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

  init(labelCount: Int, featureCount: Int) {
    self.labelCount = labelCount
    hashed = Array(repeating: 0, count: featureCount * labelCount)
    pages = Array(repeating: 0, count: featureCount)
    shapes = Array(repeating: 0, count: ShapeFeatures.count * labelCount)
    totals = Array(repeating: 0, count: FeatureBlock.hashed.count * labelCount)
    lines = Array(repeating: 0, count: labelCount)
  }

  /// Adds the lines of pages (`sign` 1), or takes them away (−1).
  mutating func add(_ corpus: IndexedCorpus, pages chosen: some Sequence<Int>, sign: Int32 = 1) {
    var lastPage = [Int32](repeating: -1, count: pages.count)
    for page in chosen {
      for line in corpus.lines[corpus.pages[page].lines] where line.label >= 0 {
        lines[line.label] += Int(sign)
        for feature in corpus.features[line.features] {
          let feature = Int(feature)
          hashed[feature * labelCount + line.label] += sign
          totals[corpus.index.blocks[feature].rawValue * labelCount + line.label] += Int(sign)
          if lastPage[feature] != Int32(page) {
            lastPage[feature] = Int32(page)
            pages[feature] += sign
          }
        }
        for shape in corpus.shapes[line.shapes] { shapes[Int(shape) * labelCount + line.label] += sign }
      }
    }
  }
}
