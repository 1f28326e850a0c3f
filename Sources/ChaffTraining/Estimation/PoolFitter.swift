import Chaff

/// Fits the pool's weights: a few discriminative weights over generative blocks (Raina et al. 2004), under the chain.
///
/// The mean log posterior of the gold labels on held-out pages is climbed with Adam (Kingma & Ba 2015). Its gradient by
/// a block's weight is the block's score of the gold label less its mean under the posterior marginals, as in a
/// conditional random field. Half the gradient asks for the gold kind, half for its category only.
struct PoolFitter {
  let corpus: IndexedCorpus
  let held: HeldOutScores
  let folds: Folds
  let options: TrainingOptions

  private static let rate = 0.05
  private static let penalty = 1e-3
  private static let categoryShare: Float = 0.5

  /// The sums over lines that one step needs.
  private struct Gradient {
    var weights: [Double]
    var bias: [Double]
    var lines = 0
  }

  /// Fits the weights.
  /// - Parameter progress: is told after each step how much is done.
  func fit(progress: (Double) -> Void = { _ in }) -> PoolWeights {
    var pool = PoolWeights(labelCount: corpus.labels.count)
    for block in FeatureBlock.allCases where !options.uses(block) {
      for length in 0..<LengthClass.count { pool.weights[block.rawValue * LengthClass.count + length] = 0 }
    }
    var weightsStep = AdamStep(count: pool.weights.count)
    var biasStep = AdamStep(count: pool.bias.count)
    for step in 0..<options.iterations {
      progress(Double(step) / Double(options.iterations))
      let gradient = gradient(at: pool)
      guard gradient.lines > 0 else { break }
      let scale = 1 / Double(gradient.lines)
      weightsStep.climb(&pool.weights, gradient.weights.map { $0 * scale }, rate: Self.rate, penalty: Self.penalty)
      biasStep.climb(&pool.bias, gradient.bias.map { $0 * scale }, rate: Self.rate, penalty: Self.penalty)
      restrict(&pool)
    }
    return pool
  }

  /// Weights stay at 0 or above, and at 0 where a block is left out.
  private func restrict(_ pool: inout PoolWeights) {
    for block in FeatureBlock.allCases {
      for length in 0..<LengthClass.count {
        let index = block.rawValue * LengthClass.count + length
        pool.weights[index] = options.uses(block) ? max(0, pool.weights[index]) : 0
      }
    }
  }

  private func gradient(at pool: PoolWeights) -> Gradient {
    var gradient = Gradient(
      weights: Array(repeating: 0, count: pool.weights.count), bias: Array(repeating: 0, count: pool.bias.count))
    var decoders = held.chains.map { ForwardBackward(chain: $0) }
    var evidence = LineEvidence(groups: held.groups)
    var posteriors: [SIMD16<Float>] = []
    for (number, page) in corpus.pages.enumerated() where !page.isPart {
      evidence.removeAll()
      posteriors.removeAll(keepingCapacity: true)
      for line in page.lines { pool.append(line, of: corpus, held, to: &evidence) }
      let fold = folds.fold(ofPage: number)
      decoders[fold].reset()
      decoders[fold].decode(evidence, decided: page.lines.count, isEnd: true, posteriors: &posteriors)
      for (offset, line) in page.lines.enumerated() where corpus.lines[line].label >= 0 {
        add(line, Array(posteriors[offset * held.groups..<(offset + 1) * held.groups]), &gradient)
      }
    }
    if !options.isLengthAware { share(&gradient) }
    return gradient
  }

  /// Gives all length classes the same gradient.
  private func share(_ gradient: inout Gradient) {
    for block in 0..<FeatureBlock.count {
      let range = block * LengthClass.count..<(block + 1) * LengthClass.count
      let sum = gradient.weights[range].reduce(0, +)
      for index in range { gradient.weights[index] = sum }
    }
  }

  /// Adds a line's part of the gradient.
  private func add(_ line: Int, _ posterior: [SIMD16<Float>], _ gradient: inout Gradient) {
    let gold = corpus.lines[line].label
    let categories = corpus.labels.categoryOfLabel
    var category: Float = 1e-9
    for label in categories.indices where categories[label] == categories[gold] {
      category += posterior[label / 16][label % 16]
    }
    var difference = posterior.map { -$0 }
    for label in categories.indices where categories[label] == categories[gold] {
      difference[label / 16][label % 16] += Self.categoryShare * posterior[label / 16][label % 16] / category
    }
    difference[gold / 16][gold % 16] += 1 - Self.categoryShare
    for label in categories.indices { gradient.bias[label] += Double(difference[label / 16][label % 16]) }
    let base = line * FeatureBlock.count * held.groups
    for block in 0..<FeatureBlock.count {
      var sum: Float = 0
      for group in 0..<held.groups {
        sum += (difference[group] * held.scores[base + block * held.groups + group]).treeSum
      }
      gradient.weights[block * LengthClass.count + corpus.lines[line].lengthClass] += Double(sum)
    }
    gradient.lines += 1
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
