/// Why a line was judged as it was: what each thing that was looked at added to the odds.
///
/// The score is the log-odds of the label's category against the runner-up's, in nats; of the labels themselves, where
/// both are of one category. It is the sum of ``parts``, added in their order; each is what it was to the chain, divided by
/// the model's temperature.
public struct LineExplanation: Sendable, Equatable {
  /// Something that speaks for the label (above 0) or for the runner-up (below 0).
  public struct Part: Sendable, Equatable {
    /// What it is.
    public enum Source: Sendable, Equatable {
      /// The shares of the two labels on whole pages.
      case prior
      /// What training added to the labels' log-likelihoods.
      case bias
      /// A feature of the line, by the block it belongs to and its name.
      case feature(block: String, name: String)
      /// Evidence beyond 80 nats, which is not counted.
      case limit
      /// The lines before, or the beginning of the page, by way of the chain.
      case before
      /// The lines after, or the end of the page.
      case after
      /// The other labels of the two categories.
      case otherKinds
    }

    /// What it is.
    public let source: Source
    /// What it adds to the score.
    public let nats: Double
  }

  /// The label that is explained.
  public let label: Label
  /// The label that it is weighed against.
  public let runnerUp: Label
  /// The posterior probability of the label's category; of the label, where the runner-up is of the same category.
  public let probability: Double
  /// The posterior probability of what it is weighed against.
  public let runnerUpProbability: Double
  /// Prior, bias, features in the order of their blocks, limit, lines before, lines after, other kinds.
  public let parts: [Part]

  /// The log-odds, in nats: the sum of the parts.
  public var score: Double { parts.reduce(0) { $0 + $1.nats } }

  /// What each block of features adds, in the model's order.
  public var blocks: [(name: String, nats: Double)] {
    var sums: [(name: String, nats: Double)] = []
    for part in parts {
      guard case .feature(let block, _) = part.source else { continue }
      if sums.last?.name == block { sums[sums.count - 1].nats += part.nats } else { sums.append((block, part.nats)) }
    }
    return sums
  }

  /// The parts that speak most for the label, the strongest first; of equals, the earlier.
  /// - Parameter count: at most so many; parts that speak against it are left out.
  public func strongest(_ count: Int) -> [Part] {
    let speaking = parts.enumerated().filter { $0.element.nats > 0 }
    let ranked = speaking.sorted { left, right in
      left.element.nats != right.element.nats ? left.element.nats > right.element.nats : left.offset < right.offset
    }
    return ranked.prefix(count).map(\.element)
  }
}
