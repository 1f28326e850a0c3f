/// Resamples pages with replacement to see how much a figure would vary with other pages.
public struct Bootstrap: Sendable {
  /// How many resamples are drawn.
  public static let resamples = 500
  /// The seed of the draws: the same data gives the same intervals.
  public static let seed: UInt64 = 20_261_123

  /// The percentile interval of a figure.
  /// - Parameters:
  ///   - pages: one matrix a page.
  ///   - figure: of the pages' summed matrix; draws in which it is undefined are left out.
  /// - Complexity: O(resamples × pages × classes²).
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
    var generator = SplitMix64(seed: seed)
    var values = [[Double]](repeating: [], count: count)
    for _ in 0..<resamples {
      var sum = ConfusionMatrix(classes: first.classes)
      for _ in pages.indices { sum.add(pages[Int.random(in: pages.indices, using: &generator)]) }
      for (index, value) in figures(sum).enumerated() {
        if let value { values[index].append(value) }
      }
    }
    return values.map(Interval.percentile)
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
