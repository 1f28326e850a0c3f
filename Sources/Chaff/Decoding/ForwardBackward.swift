/// The forward–backward recursion over a window of lines: posterior marginals of the labels.
///
/// Probabilities are scaled line by line (Rabiner 1989, section V.A), in single precision and a fixed order of
/// summation, so that the same lines give the same bits everywhere.
package struct ForwardBackward: Sendable {
  /// What the lines of a page that were decided leave to those that follow.
  package struct Carry: Sendable {
    fileprivate var single = SinglePasses.Carry()
    fileprivate(set) var phased = PhasedPasses.Carry()

    package init() {}
  }

  let chain: Chain
  private var carry = Carry()
  private var single: SinglePasses
  private var phased = PhasedPasses()

  package init(chain: Chain) {
    self.chain = chain
    single = SinglePasses(groups: chain.groups)
  }

  /// Makes room for so many lines.
  mutating func reserveCapacity(_ lines: Int) {
    if chain.phased != nil { phased.reserveCapacity(lines) }
  }

  /// Forgets the page so far.
  package mutating func reset() { carry = Carry() }

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
    var carry = carry
    forward(lines, count: decided, from: &carry)
    self.carry = carry
    backward(lines, decided: decided, isEnd: isEnd, posteriors: &posteriors)
  }

  /// Goes forward over lines: the first of the two passes.
  /// - Parameters:
  ///   - count: how many lines, from the front.
  ///   - carry: what the lines before left; then what these leave.
  package mutating func forward(_ lines: LineEvidence, count: Int, from carry: inout Carry) {
    if let steps = chain.phased {
      phased.forward(lines, count: count, of: chain, steps, from: &carry.phased)
    } else if let steps = chain.single {
      single.forward(lines, count: count, of: chain, steps, from: &carry.single)
    }
  }

  /// Under phases, for each line that was gone over last how likely it is by those before it, times its largest likelihood.
  var totals: [Float] { phased.totals }

  /// Under phases, which of them each of these lines can be of, a bit a phase.
  var alive: [UInt8] { phased.alive }

  /// Goes back over lines that ``forward(_:count:from:)`` has gone over: the second pass.
  package mutating func backward(
    _ lines: LineEvidence, decided: Int, isEnd: Bool, posteriors: inout [SIMD16<Float>]
  ) {
    if let steps = chain.phased {
      phased.backward(lines, decided: decided, isEnd: isEnd, of: chain, steps, posteriors: &posteriors)
    } else if let steps = chain.single {
      single.backward(lines, decided: decided, isEnd: isEnd, of: chain, steps, posteriors: &posteriors)
    }
  }
}
