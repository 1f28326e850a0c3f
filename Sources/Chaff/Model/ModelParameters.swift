/// The numbers that were chosen or fitted in training; `inspect` shows them.
package struct ModelParameters: Sendable, Equatable {
  /// Pseudo-counts of the background in each block: the Dirichlet prior *μ* of Zhai & Lafferty (2004).
  package var smoothing: [Double]
  /// How many pages a feature must stand on to be kept, by block.
  package var minimumPages: [Int]
  /// Pseudo-counts of the chain: of labels' shares, and of steps between labels alone.
  package var chainSmoothing: [Double]
  /// Nats that one unit of a quantised row stands for, by block.
  package var scales: [Double]
  /// The pool's weights, `blocks × length classes × labels`.
  package var weights: [Double]
  /// What is added to each label's log-likelihood, in nats.
  package var bias: [Double]
  /// Whether the chain tells lines' forms apart; else all have form 0.
  package var usesForms: Bool
  /// The label of the article's text, by which the chain tells a page's phases apart; nil if it does not.
  package var articleText: Int?
  /// How sure the model may be.
  package var temperature: Temperature
  /// The least probability of the kept categories at which `clean` keeps a line.
  package var cleanThreshold: Double

  package init(
    smoothing: [Double], minimumPages: [Int], chainSmoothing: [Double], scales: [Double], weights: [Double],
    bias: [Double], usesForms: Bool, articleText: Int? = nil, temperature: Temperature, cleanThreshold: Double
  ) {
    self.smoothing = smoothing
    self.minimumPages = minimumPages
    self.chainSmoothing = chainSmoothing
    self.scales = scales
    self.weights = weights
    self.bias = bias
    self.usesForms = usesForms
    self.articleText = articleText
    self.temperature = temperature
    self.cleanThreshold = cleanThreshold
  }
}

extension ModelParameters {
  /// The pool's weight of a block for a label on lines of a length class.
  package func weight(_ block: FeatureBlock, length: Int, label: Int) -> Double {
    weights[(block.rawValue * LengthClass.count + length) * bias.count + label]
  }
}
