/// The forward–backward recursion over a window of lines: posterior marginals of the labels.
///
/// Probabilities are scaled line by line (Rabiner 1989, section V.A), in single precision and a fixed order of
/// summation, so that the same lines give the same bits everywhere.
package struct ForwardBackward: Sendable {
  let chain: Chain
  private let groups: Int
  private var alphas: [SIMD16<Float>] = []
  /// The forward vector and the form of the last line that was decided; empty at the start of a page.
  private var carried: [SIMD16<Float>] = []
  private var carriedForm: UInt8 = 0

  package init(chain: Chain) {
    self.chain = chain
    groups = chain.groups
  }

  /// Forgets the page so far.
  package mutating func reset() { carried.removeAll(keepingCapacity: true) }

  /// Decodes lines that follow those decided before.
  ///
  /// - Parameters:
  ///   - lines: likelihoods and forms.
  ///   - decided: how many of them, from the front, to give posteriors for; the others are only looked at.
  ///   - isEnd: whether the page ends after these lines.
  ///   - posteriors: receives `decided × groups` vectors; each line's sum to 1.
  /// - Complexity: O(lines × labels²).
  package mutating func decode(
    _ lines: LineEvidence, decided: Int, isEnd: Bool, posteriors: inout [SIMD16<Float>]
  ) {
    guard lines.count > 0 else { return }
    let start = posteriors.count
    posteriors.append(contentsOf: repeatElement(SIMD16(repeating: 0), count: decided * groups))
    if alphas.count < lines.count * groups {
      alphas.append(contentsOf: repeatElement(SIMD16(repeating: 0), count: lines.count * groups - alphas.count))
    }
    // Taken out of `self` while pointers into it are held.
    var scratch: [SIMD16<Float>] = []
    swap(&scratch, &alphas)
    scratch.withUnsafeMutableBufferPointer { alphas in
      posteriors.withUnsafeMutableBufferPointer { posteriors in
        lines.withPointers { likelihoods, forms in
          guard let alphas = alphas.baseAddress, let posteriors = posteriors.baseAddress else { return }
          runForward(likelihoods, forms, lines.count, alphas)
          runBackward(likelihoods, forms, lines.count, decided, isEnd, alphas, posteriors + start)
        }
      }
    }
    swap(&scratch, &alphas)
    guard decided > 0 else { return }
    carried.removeAll(keepingCapacity: true)
    carried.append(contentsOf: alphas[(decided - 1) * groups..<decided * groups])
    carriedForm = lines.forms[decided - 1]
  }

  private func runForward(
    _ likelihoods: UnsafePointer<SIMD16<Float>>, _ forms: UnsafePointer<UInt8>, _ count: Int,
    _ alphas: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    if carried.isEmpty {
      for group in 0..<groups { alphas[group] = chain.initial[Int(forms[0]) &* groups &+ group] }
    } else {
      carried.withUnsafeBufferPointer { carried in
        guard let source = carried.baseAddress else { return }
        chain.advance(source, carriedForm, forms[0], into: alphas)
      }
    }
    weigh(alphas, by: likelihoods)
    for line in 1..<max(1, count) {
      let out = alphas + line &* groups
      chain.advance(out - groups, forms[line &- 1], forms[line], into: out)
      weigh(out, by: likelihoods + line &* groups)
    }
  }

  /// Multiplies by a line's likelihoods and scales to a sum of 1.
  @inline(__always)
  private func weigh(_ vector: UnsafeMutablePointer<SIMD16<Float>>, by likelihoods: UnsafePointer<SIMD16<Float>>) {
    var sum = SIMD16<Float>(repeating: 0)
    for group in 0..<groups {
      vector[group] *= likelihoods[group]
      sum += vector[group]
    }
    scale(vector, by: 1 / sum.treeSum)
  }

  @inline(__always)
  private func scale(_ vector: UnsafeMutablePointer<SIMD16<Float>>, by factor: Float) {
    for group in 0..<groups { vector[group] *= factor }
  }

  private func runBackward(
    _ likelihoods: UnsafePointer<SIMD16<Float>>, _ forms: UnsafePointer<UInt8>, _ count: Int, _ decided: Int,
    _ isEnd: Bool, _ alphas: UnsafeMutablePointer<SIMD16<Float>>, _ posteriors: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    withUnsafeTemporaryAllocation(of: SIMD16<Float>.self, capacity: 2 * groups) { scratch in
      guard let beta = scratch.baseAddress else { return }
      let weighted = beta + groups
      for group in 0..<groups { beta[group] = isEnd ? chain.final[group] : SIMD16(repeating: 1) }
      for line in stride(from: count - 1, through: 0, by: -1) {
        if line < decided { multiply(alphas + line &* groups, beta, into: posteriors + line &* groups) }
        guard line > 0 else { break }
        for group in 0..<groups { weighted[group] = beta[group] * likelihoods[line &* groups &+ group] }
        chain.retreat(weighted, forms[line &- 1], forms[line], into: beta)
        var sum = SIMD16<Float>(repeating: 0)
        for group in 0..<groups { sum += beta[group] }
        scale(beta, by: 1 / sum.treeSum)
      }
    }
  }

  /// `alpha × beta`, scaled to a sum of 1.
  @inline(__always)
  private func multiply(
    _ alpha: UnsafePointer<SIMD16<Float>>, _ beta: UnsafePointer<SIMD16<Float>>,
    into out: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    var sum = SIMD16<Float>(repeating: 0)
    for group in 0..<groups {
      out[group] = alpha[group] * beta[group]
      sum += out[group]
    }
    scale(out, by: 1 / sum.treeSum)
  }
}
