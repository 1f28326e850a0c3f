import Chaff

/// Counts of lines whose labels are guessed: each line counts for every label by its posterior.
///
/// Posteriors are added as integers, so that the sums do not depend on the order of pages.
struct ExpectedCounts: Sendable {
  /// What a posterior of 1 adds.
  static let one: Int64 = 1 << 20

  let labelCount: Int
  /// `features × labels`.
  private(set) var byLabel: [Int64]
  /// `blocks × labels`.
  private(set) var totals: [Int64]
  /// On how many pages a feature stands.
  private(set) var pages: [Int32]

  init(labelCount: Int, featureCount: Int) {
    self.labelCount = labelCount
    byLabel = Array(repeating: 0, count: featureCount * labelCount)
    totals = Array(repeating: 0, count: FeatureBlock.count * labelCount)
    pages = Array(repeating: 0, count: featureCount)
  }

  /// Adds a page.
  /// - Parameter posteriors: one list for each line of the page.
  mutating func add(_ page: IndexedCorpus.Page, of corpus: IndexedCorpus, posteriors: [[Double]]) {
    var seen: Set<UInt32> = []
    for (line, posteriors) in zip(corpus.lines[page.lines], posteriors) {
      let shares = posteriors.map { Int64(($0 * Double(Self.one)).rounded()) }
      for feature in corpus.features[line.features] {
        if seen.insert(feature).inserted { pages[Int(feature)] += 1 }
        let block = corpus.index.blocks[Int(feature)].rawValue
        for (label, share) in shares.enumerated() where share > 0 {
          byLabel[Int(feature) * labelCount + label] += share
          totals[block * labelCount + label] += share
        }
      }
    }
  }
}
