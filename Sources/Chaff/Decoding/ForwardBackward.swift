/// The forward–backward recursion over a window of lines: posterior marginals of the labels.
///
/// Probabilities are scaled line by line (Rabiner 1989, section V.A), in single precision and a fixed order of
/// summation, so that the same lines give the same bits everywhere.
package struct ForwardBackward: Sendable {
  let chain: Chain
  private let groups: Int
  private let labelGroups: Int
  private var alphas: [SIMD16<Float>] = []
  /// The forward vector of the last line that was decided, or empty at the start of a page.
  private var carried: [SIMD16<Float>] = []

  package init(chain: Chain) {
    self.chain = chain
    groups = chain.space.width / 16
    labelGroups = chain.space.stride / 16
  }

  /// Forgets the page so far.
  package mutating func reset() { carried.removeAll(keepingCapacity: true) }

  /// Decodes lines that follow those decided before.
  ///
  /// - Parameters:
  ///   - emissions: likelihoods by line and label, scaled so that each line's largest is 1; `lines × labelGroups` vectors.
  ///   - lines: how many lines there are.
  ///   - decided: how many of them, from the front, to give posteriors for; the others are only looked at.
  ///   - isEnd: whether the page ends after these lines.
  ///   - posteriors: receives `decided × labelGroups` vectors; each line's sum to 1.
  /// - Complexity: O(lines × states²).
  package mutating func decode(
    emissions: [SIMD16<Float>], lines: Int, decided: Int, isEnd: Bool, posteriors: inout [SIMD16<Float>]
  ) {
    guard lines > 0 else { return }
    let start = posteriors.count
    posteriors.append(
      contentsOf: repeatElement(SIMD16(repeating: 0), count: decided * labelGroups))
    if alphas.count < lines * groups {
      alphas.append(
        contentsOf: repeatElement(SIMD16(repeating: 0), count: lines * groups - alphas.count))
    }
    // Taken out of `self` while pointers into it are held.
    var scratch: [SIMD16<Float>] = []
    swap(&scratch, &alphas)
    emissions.withUnsafeBufferPointer { emissions in
      scratch.withUnsafeMutableBufferPointer { alphas in
        posteriors.withUnsafeMutableBufferPointer { posteriors in
          runForward(emissions, lines, alphas)
          runBackward(emissions, lines, decided, isEnd, alphas, posteriors, start)
        }
      }
    }
    swap(&scratch, &alphas)
    guard decided > 0 else { return }
    carried.removeAll(keepingCapacity: true)
    carried.append(contentsOf: alphas[(decided - 1) * groups..<decided * groups])
  }

  private func runForward(
    _ emissions: UnsafeBufferPointer<SIMD16<Float>>, _ lines: Int, _ alphas: UnsafeMutableBufferPointer<SIMD16<Float>>
  ) {
    for line in 0..<lines {
      let out = UnsafeMutableBufferPointer(rebasing: alphas[line * groups..<(line + 1) * groups])
      if line > 0 {
        step(from: UnsafeBufferPointer(rebasing: alphas[(line - 1) * groups..<line * groups]), into: out)
      } else if carried.isEmpty {
        for group in 0..<groups { out[group] = chain.initial[group] }
      } else {
        carried.withUnsafeBufferPointer { step(from: $0, into: out) }
      }
      weigh(out, by: emissions, line)
    }
  }

  /// One step of the chain: `out[t] = Σ p(t | s) source[s]`.
  @inline(__always)
  private func step(
    from source: UnsafeBufferPointer<SIMD16<Float>>, into out: UnsafeMutableBufferPointer<SIMD16<Float>>
  ) {
    for group in 0..<groups { out[group] = SIMD16(repeating: 0) }
    Chain.apply(chain.forward, chain.forwardRows, source, out)
  }

  /// Multiplies by a line's likelihoods and scales to a sum of 1.
  @inline(__always)
  private func weigh(
    _ vector: UnsafeMutableBufferPointer<SIMD16<Float>>, by emissions: UnsafeBufferPointer<SIMD16<Float>>, _ line: Int
  ) {
    var sum = SIMD16<Float>(repeating: 0)
    for group in 0..<groups {
      vector[group] *= emissions[line &* labelGroups &+ group % labelGroups]
      sum += vector[group]
    }
    let scale = 1 / sum.treeSum
    for group in 0..<groups { vector[group] *= scale }
  }

  private func runBackward(
    _ emissions: UnsafeBufferPointer<SIMD16<Float>>, _ lines: Int, _ decided: Int, _ isEnd: Bool,
    _ alphas: UnsafeMutableBufferPointer<SIMD16<Float>>, _ posteriors: UnsafeMutableBufferPointer<SIMD16<Float>>,
    _ start: Int
  ) {
    withUnsafeTemporaryAllocation(of: SIMD16<Float>.self, capacity: 2 * groups) { scratch in
      let beta = UnsafeMutableBufferPointer(rebasing: scratch[..<groups])
      let weighted = UnsafeMutableBufferPointer(rebasing: scratch[groups...])
      for group in 0..<groups { beta[group] = isEnd ? chain.final[group] : SIMD16(repeating: 1) }
      for line in stride(from: lines - 1, through: 0, by: -1) {
        if line < decided {
          let alpha = UnsafeMutableBufferPointer(rebasing: alphas[line * groups..<(line + 1) * groups])
          collapse(alpha, beta, posteriors, start + line * labelGroups)
        }
        if line > 0 { stepBack(beta, weighted, emissions, line) }
      }
    }
  }

  /// `beta[s] = Σ p(t | s) emission[t] beta[t]`, scaled to a sum of 1.
  @inline(__always)
  private func stepBack(
    _ beta: UnsafeMutableBufferPointer<SIMD16<Float>>, _ weighted: UnsafeMutableBufferPointer<SIMD16<Float>>,
    _ emissions: UnsafeBufferPointer<SIMD16<Float>>, _ line: Int
  ) {
    for group in 0..<groups {
      weighted[group] = beta[group] * emissions[line &* labelGroups &+ group % labelGroups]
      beta[group] = SIMD16(repeating: 0)
    }
    Chain.apply(chain.backward, chain.backwardRows, UnsafeBufferPointer(weighted), beta)
    var sum = SIMD16<Float>(repeating: 0)
    for group in 0..<groups { sum += beta[group] }
    let scale = 1 / sum.treeSum
    for group in 0..<groups { beta[group] *= scale }
  }

  /// Sums `alpha × beta` over the phases of each label.
  @inline(__always)
  private func collapse(
    _ alpha: UnsafeMutableBufferPointer<SIMD16<Float>>, _ beta: UnsafeMutableBufferPointer<SIMD16<Float>>,
    _ posteriors: UnsafeMutableBufferPointer<SIMD16<Float>>, _ at: Int
  ) {
    var sum = SIMD16<Float>(repeating: 0)
    for group in 0..<groups {
      let gamma = alpha[group] * beta[group]
      posteriors[at &+ group % labelGroups] += gamma
      sum += gamma
    }
    let scale = 1 / sum.treeSum
    for group in 0..<labelGroups { posteriors[at &+ group] *= scale }
  }
}
