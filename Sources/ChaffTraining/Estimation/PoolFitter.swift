import Chaff

/// Fits the pool's weights: a few discriminative weights over generative blocks (Raina et al. 2004), under the chain.
///
/// The mean log posterior of the gold categories on held-out pages is climbed with Adam (Kingma & Ba 2015), of a large
/// corpus by a batch of its pages at a time; all of them in turn, since a sample alone gave worse weights. Its gradient by
/// a block's weight is the block's mean score under the posterior of the gold category's kinds, less that under the
/// posterior of all, as in a conditional random field with hidden states (Quattoni et al. 2007, section 3.2). The kinds
/// are left to the counts: to ask for them as well gave better kinds and worse categories on pages of other sites.
///
/// A block has a weight for each label and class of lengths, which is pulled towards the labels' mean: kinds that are
/// told by a few words ("©") and kinds that are told by all of them together (prose) want to weigh the same block
/// differently, but rare kinds must not go their own way on a handful of lines.
struct PoolFitter {
  let corpus: IndexedCorpus
  let held: HeldOutScores
  let folds: Folds
  let options: TrainingOptions

  /// The length of the first step; the others are shorter and shorter, down to nothing. With steps of one length the
  /// batches pulled the weights to and fro until the last: on real pages accuracy, by the number of steps alone, went up and
  /// down by .002.
  private static let rate = 0.1
  private static let penalty = 1e-3
  /// How often all pages are gone through, at least, if a step takes only some of them. After one and a half times, which sixty
  /// steps are on our own pages, the weights still depended on which pages had come last: for eight sets of pages of which one
  /// was added each time, and which are told apart as well on folds, accuracy on real pages was .938 to .941; after eight times
  /// it is .939 to .943. More change nothing.
  private static let rounds = 8
  /// The pull of a label's weight towards the mean of all labels.
  private static let labelPenalty = 1e-3

  /// The sums over lines that one step needs.
  private struct Gradient {
    var weights: [Double]
    var bias: [Double]
    var lines = 0
  }

  /// Fits the weights.
  /// - Parameters:
  ///   - share: the share of all steps that is taken.
  ///   - start: weights to begin with.
  ///   - progress: is told after each step how much is done.
  func fit(
    share: Double = 1, from start: PoolWeights? = nil, progress: (Double) -> Void = { _ in }
  ) -> PoolWeights {
    var pool = start ?? PoolWeights(labelCount: corpus.labels.count)
    restrict(&pool)
    var weightsStep = AdamStep(count: pool.weights.count)
    var biasStep = AdamStep(count: pool.bias.count)
    var slopes = LineSlopes(corpus: corpus, held: held, folds: folds)
    let all =
      options.iterations == 0 || slopes.batchCount == 1
      ? options.iterations
      : max(options.iterations, Self.rounds * slopes.batchCount)
    let steps = Int((Double(all) * share).rounded(.up))
    for step in 0..<steps {
      let done = Double(step) / Double(steps)
      progress(done)
      let gradient = gradient(at: pool, &slopes, batch: step % slopes.batchCount)
      guard gradient.lines > 0 else { continue }
      let scale = 1 / Double(gradient.lines)
      let pull = pull(of: pool)
      let climb = zip(gradient.weights, pull).map { $0 * scale + $1 }
      let rate = Self.rate * (1 - done)
      weightsStep.climb(&pool.weights, climb, rate: rate, penalty: Self.penalty)
      biasStep.climb(&pool.bias, gradient.bias.map { $0 * scale }, rate: rate, penalty: Self.penalty)
      restrict(&pool)
    }
    return pool
  }

  /// Weights stay at 0 or above, and at 0 where a block is left out.
  private func restrict(_ pool: inout PoolWeights) {
    for block in FeatureBlock.allCases {
      for length in 0..<LengthClass.count {
        for index in pool.range(block.rawValue, length) {
          pool.weights[index] = options.uses(block) ? max(0, pool.weights[index]) : 0
        }
      }
    }
  }

  /// What draws each label's weight to the mean of the labels'.
  private func pull(of pool: PoolWeights) -> [Double] {
    var result = pool.weights
    for start in stride(from: 0, to: result.count, by: pool.labelCount) {
      let range = start..<start + pool.labelCount
      let mean = pool.weights[range].reduce(0, +) / Double(pool.labelCount)
      for index in range { result[index] = Self.labelPenalty * (mean - pool.weights[index]) }
    }
    return result
  }

  private func gradient(at pool: PoolWeights, _ slopes: inout LineSlopes, batch: Int) -> Gradient {
    slopes.read(at: pool, batch: batch)
    var gradient = Gradient(weights: slopes.weights(), bias: slopes.bias(), lines: slopes.lineCount)
    if !options.isLengthAware { share(&gradient, overLengths: true) }
    if !options.isLabelAware { share(&gradient, overLengths: false) }
    return gradient
  }

  /// Gives all length classes, or all labels, the same gradient.
  private func share(_ gradient: inout Gradient, overLengths: Bool) {
    let labels = corpus.labels.count
    let (step, count) = overLengths ? (labels, LengthClass.count) : (1, labels)
    let weights = gradient.weights.indices
    for first in weights where overLengths ? first / labels % LengthClass.count == 0 : first % labels == 0 {
      let indices = stride(from: first, to: first + step * count, by: step)
      let sum = indices.reduce(0) { $0 + gradient.weights[$1] }
      for index in indices { gradient.weights[index] = sum }
    }
  }
}

/// One parameter vector's memory of past gradients (Kingma & Ba 2015, algorithm 1).
struct AdamStep: Sendable {
  private var mean: [Double]
  private var square: [Double]
  private var meanDecay = 1.0
  private var squareDecay = 1.0

  init(count: Int) {
    mean = Array(repeating: 0, count: count)
    square = mean
  }

  /// Takes one step uphill, with a pull of `penalty` towards 0.
  mutating func climb(_ values: inout [Double], _ gradient: [Double], rate: Double, penalty: Double) {
    meanDecay *= 0.9
    squareDecay *= 0.99
    for index in values.indices {
      let slope = gradient[index] - penalty * values[index]
      mean[index] = 0.9 * mean[index] + 0.1 * slope
      square[index] = 0.99 * square[index] + 0.01 * slope * slope
      let corrected = square[index] / (1 - squareDecay)
      values[index] += rate * mean[index] / (1 - meanDecay) / (corrected.squareRoot() + 1e-6)
    }
  }
}
