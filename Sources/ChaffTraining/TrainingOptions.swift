import Chaff

/// The choices of a training run. The defaults were chosen by five-fold cross-validation on `TrainingData`.
public struct TrainingOptions: Sendable, Equatable {
  /// Pseudo-counts of the background, by block: words, bigrams, patterns.
  public var smoothing: [Double] = [6000, 6000, 6000]
  /// How many pages a feature must stand on, by block.
  public var minimumPages: [Int] = [2, 2, 2]
  /// Pseudo-counts of the chain: of labels' shares, and of steps between labels alone.
  public var chainSmoothing = [6.0, 200.0]
  /// Whether the chain's steps depend on the lines' forms.
  public var usesForms = true
  /// Whether the chain tells the phases of a page apart: before, in and after the article.
  public var usesPhases = true
  /// The category whose loss by cleaning is bounded; the first, where the labels do not have it.
  public var articleCategory = "content"
  /// How many folds the pool's weights are fitted on.
  public var folds = 5
  /// Steps of the fit, at least: where a step takes only some of the pages, there are as many as go through all of them eight
  /// times. With 0 nothing is fitted.
  public var iterations = 60
  /// The most features a model may have; those that tell least go first.
  public var featureLimit = 51_500
  /// Whether the pool has weights for each class of line lengths, or one for all.
  public var isLengthAware = true
  /// Whether the pool has weights for each label, or one for all.
  public var isLabelAware = true
  /// Whether the evidence of each feature has a gain of its own, or all counts as it is.
  public var usesGains = true
  /// What draws a gain to 1: as much as lines that are so many times as unsure as can be.
  public var gainPenalty = 2.0
  /// Whether posteriors are given the temperature that suits held-out pages, or stay as the chain gives them.
  public var usesTemperature = true
  /// Blocks that are left out.
  public var without: Set<String> = []
  /// The share of article words that cleaning may lose on held-out pages. Ours are harder than real ones, by intent: of
  /// what extractors return it loses about half as much.
  public var cleaningLoss = 0.005

  /// The defaults.
  public init() {}

  /// The name of the first option whose value makes no sense; nil if all do.
  var firstInvalid: String? {
    func areNumbers(_ values: [Double], _ count: Int) -> Bool {
      values.count == count && values.allSatisfy { (1e-9...1e9).contains($0) }
    }
    let checks = [
      ("smoothing", areNumbers(smoothing, FeatureBlock.count)),
      (
        "minimumPages",
        minimumPages.count == FeatureBlock.count && minimumPages.allSatisfy { (0...1_000_000_000).contains($0) }
      ),
      ("chainSmoothing", areNumbers(chainSmoothing, 2)), ("folds", folds >= 1), ("iterations", iterations >= 0),
      ("featureLimit", featureLimit >= 0), ("gainPenalty", (1e-9...1e9).contains(gainPenalty)),
      ("cleaningLoss", (0...1).contains(cleaningLoss)),
    ]
    return checks.first { !$0.1 }?.0
  }

  /// Whether a block takes part.
  func uses(_ block: FeatureBlock) -> Bool { !without.contains(block.name) }
}
