/// Resamples pages with replacement to see how much a figure would vary with other pages.
public struct Bootstrap: Sendable {
  /// How many resamples are drawn.
  public static let resamples = 500
  /// The seed of the draws: the same data gives the same intervals.
  public static let seed: UInt64 = 20_261_123

  /// The percentile interval of a figure.
  /// - Parameters:
  ///   - pages: one matrix a page, all over the same classes.
  ///   - figure: of the pages' summed matrix; draws in which it is undefined are left out.
  /// - Complexity: O(resamples × (pages + cells that are not 0)).
  public static func interval(
    _ pages: [ConfusionMatrix], _ figure: (ConfusionMatrix) -> Double?
  ) -> Interval? {
    intervals(pages, count: 1) { [figure($0)] }[0]
  }

  /// The intervals of several figures, from the same draws.
  public static func intervals(
    _ pages: [ConfusionMatrix], count: Int, _ figures: (ConfusionMatrix) -> [Double?]
  ) -> [Interval?] {
    guard let first = pages.first else { return Array(repeating: nil, count: count) }
    let cells = SparseMatrices(pages)
    return intervals(units: pages.count, count: count) { draws in
      figures(cells.sum(draws, classes: first.classes))
    }
  }

  /// The intervals of figures of resampled units, from the same draws.
  /// - Parameters:
  ///   - units: how many there are: pages, or groups of them.
  ///   - count: how many figures.
  ///   - seed: of the draws.
  ///   - figures: of a resample, given as how often each unit was drawn.
  package static func intervals(
    units: Int, count: Int, seed: UInt64 = seed, _ figures: (_ draws: [Int32]) -> [Double?]
  ) -> [Interval?] {
    values(units: units, count: count, seed: seed, figures).map { Interval.percentile($0) }
  }

  /// The defined values of figures in each resample.
  package static func values(
    units: Int, count: Int, seed: UInt64 = seed, _ figures: (_ draws: [Int32]) -> [Double?]
  ) -> [[Double]] {
    var values = [[Double]](repeating: [], count: count)
    guard units > 0 else { return values }
    var generator = SplitMix64(seed: seed)
    var draws = [Int32](repeating: 0, count: units)
    for _ in 0..<resamples {
      for index in draws.indices { draws[index] = 0 }
      for _ in 0..<units { draws[Int.random(in: 0..<units, using: &generator)] += 1 }
      for (index, value) in figures(draws).enumerated() {
        if let value { values[index].append(value) }
      }
    }
    return values
  }
}

/// The cells of many matrices that are not 0: a loose row has one, whatever the number of classes.
package struct SparseMatrices: Sendable {
  private var starts = [0]
  /// What is drawn: for each matrix the number of its page or group of pages.
  private let units: [Int]
  private var cells: [Int32] = []
  private var counts: [Int] = []

  /// - Parameter units: for each matrix what it is drawn with; each by itself if nil.
  package init(_ matrices: [ConfusionMatrix], units: [Int]? = nil) {
    self.units = units ?? Array(matrices.indices)
    for matrix in matrices {
      for (cell, count) in matrix.counts.enumerated() where count > 0 {
        cells.append(Int32(cell))
        counts.append(count)
      }
      starts.append(cells.count)
    }
  }

  /// The sum of the matrices, each taken as often as its unit was drawn.
  package func sum(_ draws: [Int32], classes: [String]) -> ConfusionMatrix {
    var sum = [Int](repeating: 0, count: classes.count * classes.count)
    for (index, unit) in units.enumerated() where draws[unit] > 0 {
      let times = Int(draws[unit])
      for position in starts[index]..<starts[index + 1] { sum[Int(cells[position])] += counts[position] * times }
    }
    return ConfusionMatrix(classes: classes, counts: sum)
  }
}

/// A small seeded generator (Steele, Lea & Flood 2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Creates a generator whose numbers follow from the seed.
  public init(seed: UInt64) { state = seed }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
