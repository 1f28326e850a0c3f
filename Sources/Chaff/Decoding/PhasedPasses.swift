import CLanes

/// The two passes of the forward–backward recursion over a chain of several phases.
///
/// Of a line only the vectors of phases that are alive are kept and led on: those of which, by all lines so far, more than
/// 2⁻⁴⁵ is left. Mostly that is one or two of the five, so that a line costs little more than with one phase.
struct PhasedPasses: Sendable {
  /// What the lines of a page that were gone over leave to those that follow.
  typealias Carry = chaff_phase_carry

  /// So many lines are gone over at once: their vectors are given room for, though fewer are written.
  private static let linesAtOnce = 64

  /// The vectors that are alive, line by line.
  private var alphas: [SIMD16<Float>] = []
  /// How many there are: what stands behind them is of pages before.
  private var vectorCount = 0
  /// Which phases are alive, a bit a phase, by line.
  private(set) var alive: [UInt8] = []
  /// How likely each line is by those before it, times its largest likelihood.
  private(set) var totals: [Float] = []

  /// Makes room for so many lines, all of whose phases may be alive; memory that is not used is not touched.
  mutating func reserveCapacity(_ lines: Int) {
    alphas.reserveCapacity(lines * PagePhases.Phase.allCases.count)
  }

  /// Goes forward over lines: the first of the two passes.
  /// - Parameters:
  ///   - count: how many lines, from the front.
  ///   - carry: what the lines before left; then what these leave.
  mutating func forward(
    _ lines: LineEvidence, count: Int, of chain: Chain, _ steps: PhaseSteps, from carry: inout Carry
  ) {
    vectorCount = 0
    alive.removeAll(keepingCapacity: true)
    alive.append(contentsOf: repeatElement(0, count: count))
    totals.removeAll(keepingCapacity: true)
    totals.append(contentsOf: repeatElement(0, count: count))
    for start in stride(from: 0, to: count, by: Self.linesAtOnce) {
      let length = min(Self.linesAtOnce, count - start)
      let room = vectorCount + length * PagePhases.Phase.allCases.count
      if alphas.count < room {
        alphas.append(contentsOf: repeatElement(SIMD16(repeating: 0), count: room - alphas.count))
      }
      var written = 0
      let filled = vectorCount
      alphas.withUnsafeMutableBufferPointer { alphas in
        alive.withUnsafeMutableBufferPointer { alive in
          totals.withUnsafeMutableBufferPointer { totals in
            chain.initial.withUnsafeBufferPointer { initial in
              lines.withPointers { likelihoods, forms in
                guard let alphas = alphas.baseAddress, let alive = alive.baseAddress,
                  let totals = totals.baseAddress, let initial = initial.baseAddress
                else { return }
                steps.withForwardSteps {
                  chaff_forward_phases(
                    $0, initial.lanes, forms + start, (likelihoods + start).lanes, length, &carry,
                    (alphas + filled).lanes, alive + start, totals + start, &written)
                }
              }
            }
          }
        }
      }
      vectorCount += written
    }
  }

  /// Goes back over lines that ``forward(_:count:of:_:from:)`` has gone over, and those that are only looked at: the
  /// second pass.
  mutating func backward(
    _ lines: LineEvidence, decided: Int, isEnd: Bool, of chain: Chain, _ steps: PhaseSteps,
    posteriors: inout [SIMD16<Float>]
  ) {
    guard decided > 0 else { return }
    var beta = isEnd ? chain.final : Array(repeating: SIMD16(repeating: 1), count: chain.final.count)
    let (alphas, alive, vectorCount) = (alphas, alive, vectorCount)
    posteriors.append(addingCapacity: decided) { posteriors in
      posteriors.withUnsafeMutableBufferPointer { posteriors, count in
        alphas.withUnsafeBufferPointer { alphas in
          beta.withUnsafeMutableBufferPointer { beta in
            chain.prior.withUnsafeBufferPointer { prior in
              lines.withPointers { likelihoods, forms in
                guard let alphas = alphas.baseAddress, let beta = beta.baseAddress, let prior = prior.baseAddress,
                  let posteriors = posteriors.baseAddress
                else { return }
                steps.withBackwardSteps {
                  chaff_backward_phases(
                    $0, forms, likelihoods.lanes, lines.count, alphas.lanes, alive, vectorCount, prior.lanes,
                    beta.lanes, decided, posteriors.lanes)
                }
                count = decided
              }
            }
          }
        }
      }
    }
  }
}

extension chaff_phase_carry {
  /// Calls `body` with each phase that is alive and its vector.
  func forEachVector(_ body: (PagePhases.Phase, SIMD16<Float>) -> Void) {
    withUnsafeBytes(of: vectors) { vectors in
      for phase in PagePhases.Phase.allCases where alive >> phase.rawValue & 1 != 0 {
        body(phase, vectors.loadUnaligned(fromByteOffset: phase.rawValue * 64, as: SIMD16<Float>.self))
      }
    }
  }
}
