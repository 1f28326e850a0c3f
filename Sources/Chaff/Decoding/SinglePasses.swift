import CLanes

/// The two passes of the forward–backward recursion over a chain of one phase.
///
/// A line's scale is taken out one step later, where nothing waits for the sum and the division.
struct SinglePasses: Sendable {
  /// What the lines of a page that were gone over leave to those that follow.
  struct Carry: Sendable {
    /// The forward vector of the last line; empty at the start of a page.
    fileprivate var vector: [SIMD16<Float>] = []
    fileprivate var form: UInt8 = 0
  }

  private let groups: Int
  private var alphas: [SIMD16<Float>] = []

  init(groups: Int) { self.groups = groups }

  /// Goes forward over lines: the first of the two passes.
  /// - Parameters:
  ///   - count: how many lines, from the front.
  ///   - carry: what the lines before left; then what these leave.
  mutating func forward(
    _ lines: LineEvidence, count: Int, of chain: Chain, _ steps: ChainSteps, from carry: inout Carry
  ) {
    guard count > 0 else { return }
    if alphas.count < count * groups {
      alphas.append(contentsOf: repeatElement(SIMD16(repeating: 0), count: count * groups - alphas.count))
    }
    let groups = groups
    alphas.withUnsafeMutableBufferPointer { alphas in
      lines.withPointers { likelihoods, forms in
        guard let alphas = alphas.baseAddress else { return }
        steps.withForwardSteps { steps in
          if carry.vector.isEmpty {
            for group in 0..<groups {
              alphas[group] = chain.initial[Int(forms[0]) &* groups &+ group] * likelihoods[group]
            }
          } else {
            carry.vector.withUnsafeBufferPointer { carried in
              guard let before = carried.baseAddress else { return }
              Self.advance(steps, before, carry.form, forms[0], likelihoods, into: alphas)
            }
          }
          guard groups > 1 else {
            return steps.withNarrow { chaff_forward($0, forms, likelihoods.lanes, count, alphas.lanes) }
          }
          for line in 1..<max(1, count) {
            let out = alphas + line &* groups
            let likelihoods = likelihoods + line &* groups
            Self.advance(steps, out - groups, forms[line &- 1], forms[line], likelihoods, into: out)
          }
        }
      }
    }
    carry.vector.removeAll(keepingCapacity: true)
    carry.vector.append(contentsOf: alphas[(count - 1) * groups..<count * groups])
    carry.form = lines.forms[count - 1]
  }

  /// One step forward, weighed by the line's likelihoods, without the scale of the vector before.
  @inline(__always)
  private static func advance(
    _ steps: ChainSteps.Steps, _ before: UnsafePointer<SIMD16<Float>>, _ from: UInt8, _ to: UInt8,
    _ likelihoods: UnsafePointer<SIMD16<Float>>, into out: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    let scale = scale(of: before, steps.groups)
    steps.apply(before, from, to, into: out)
    for group in 0..<steps.groups { out[group] *= likelihoods[group] * scale }
  }

  /// What makes a vector sum to 1.
  @inline(__always)
  private static func scale(of vector: UnsafePointer<SIMD16<Float>>, _ groups: Int) -> Float {
    var sum = vector[0]
    for group in 1..<max(1, groups) { sum += vector[group] }
    // A crafted chain can leave nothing of a line in single precision: zeros then, and no infinities.
    return 1 / Swift.max(sum.treeSum, 1 / largestScale)
  }

  private static var largestScale: Float { 0x1p120 }

  /// Goes back over lines that ``forward(_:count:of:_:from:)`` has gone over: the second pass.
  mutating func backward(
    _ lines: LineEvidence, decided: Int, isEnd: Bool, of chain: Chain, _ steps: ChainSteps,
    posteriors: inout [SIMD16<Float>]
  ) {
    guard decided > 0 else { return }
    let start = posteriors.count
    posteriors.append(contentsOf: repeatElement(SIMD16(repeating: 0), count: decided * groups))
    let groups = groups
    alphas.withUnsafeBufferPointer { alphas in
      posteriors.withUnsafeMutableBufferPointer { posteriors in
        lines.withPointers { likelihoods, forms in
          guard let alphas = alphas.baseAddress, let posteriors = posteriors.baseAddress else { return }
          withUnsafeTemporaryAllocation(of: SIMD16<Float>.self, capacity: 2 * groups) { scratch in
            guard let beta = scratch.baseAddress else { return }
            for group in 0..<groups { beta[group] = isEnd ? chain.final[group] : SIMD16(repeating: 1) }
            steps.withBackwardSteps { steps in
              guard groups > 1 else {
                return withUnsafePointer(to: chain.prior[0]) { prior in
                  steps.withNarrow {
                    chaff_backward(
                      $0, forms, likelihoods.lanes, lines.count, alphas.lanes, prior.lanes, beta.lanes,
                      min(decided, lines.count), (posteriors + start).lanes)
                  }
                }
              }
              var line = lines.count &- 1
              while line >= 0 {
                let here = line &* groups
                if line < decided {
                  Self.multiply(alphas + here, beta, chain.prior, groups, into: posteriors + (start &+ here))
                }
                guard line > 0 else { break }
                Self.retreat(steps, beta, forms[line &- 1], forms[line], likelihoods + here, scratch: beta + groups)
                line &-= 1
              }
            }
          }
        }
      }
    }
  }

  /// One step back, without the scale of the vector before.
  @inline(__always)
  private static func retreat(
    _ steps: ChainSteps.Steps, _ beta: UnsafeMutablePointer<SIMD16<Float>>, _ from: UInt8, _ to: UInt8,
    _ likelihoods: UnsafePointer<SIMD16<Float>>, scratch: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    let scale = scale(of: beta, steps.groups)
    for group in 0..<steps.groups { scratch[group] = beta[group] * likelihoods[group] }
    steps.apply(scratch, from, to, into: beta)
    for group in 0..<steps.groups { beta[group] *= scale }
  }

  /// `alpha × beta`, scaled to a sum of 1; the prior, if a crafted chain leaves nothing of a line.
  @inline(__always)
  private static func multiply(
    _ alpha: UnsafePointer<SIMD16<Float>>, _ beta: UnsafePointer<SIMD16<Float>>, _ prior: [SIMD16<Float>],
    _ groups: Int, into out: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    for group in 0..<groups { out[group] = alpha[group] * beta[group] }
    let scale = scale(of: out, groups)
    guard scale < largestScale else {
      for group in 0..<groups { out[group] = prior[group] }
      return
    }
    for group in 0..<groups { out[group] *= scale }
  }
}
