/// The most probable sequence of labels (Viterbi 1967).
package enum Viterbi {
  /// Decodes a whole page.
  ///
  /// - Parameters:
  ///   - emissions: log-likelihoods in nats, `lines × labels`.
  /// - Returns: a label for each line; of equally probable paths, the one whose states come first.
  /// - Complexity: O(lines × states²) time, O(lines × states) memory.
  package static func decode(emissions: [[Double]], chain: Chain) -> [Int] {
    guard !emissions.isEmpty else { return [] }
    let space = chain.space
    let states = space.states
    let transition = matrix(chain)
    func log(_ probability: Float) -> Double {
      probability > 0 ? Reproducible.log(Double(probability)) : -.infinity
    }
    func lane(_ vectors: [SIMD16<Float>], _ state: Int) -> Double { log(vectors[state / 16][state % 16]) }
    var score = states.map { lane(chain.initial, $0) + emissions[0][space.label(of: $0)] }
    var origins: [[Int]] = []
    for line in emissions.indices.dropFirst() {
      var next: [Double] = []
      var origin: [Int] = []
      for to in states.indices {
        var best = 0
        var bestScore = -Double.infinity
        for from in states.indices {
          let candidate = score[from] + log(transition[states[from] * space.width + states[to]])
          if candidate > bestScore { (best, bestScore) = (from, candidate) }
        }
        next.append(bestScore + emissions[line][space.label(of: states[to])])
        origin.append(best)
      }
      score = next
      origins.append(origin)
    }
    for index in states.indices { score[index] += lane(chain.final, states[index]) }
    var state = score.indices.reduce(0) { score[$1] > score[$0] ? $1 : $0 }
    var path = [state]
    for origin in origins.reversed() {
      state = origin[state]
      path.append(state)
    }
    return path.reversed().map { space.label(of: states[$0]) }
  }

  /// The transition probabilities as one square matrix.
  private static func matrix(_ chain: Chain) -> [Float] {
    let width = chain.space.width
    var matrix = [Float](repeating: 0, count: width * width)
    for step in chain.forward {
      for offset in 0..<step.count {
        for lane in 0..<16 {
          matrix[step.state * width + (step.group + offset) * 16 + lane] = chain.forwardRows[step.row + offset][lane]
        }
      }
    }
    return matrix
  }
}
