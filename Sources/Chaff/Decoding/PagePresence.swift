import CLanes

/// The probability that a page has at least one line of a category.
///
/// It is one less the share of the page's likelihood that is left when the category's labels are forbidden: a forward
/// pass for each category beside the full one. A share that is next to nothing is 0 from there on, and once all are, the rest of
/// the page changes nothing. The temperature of lines is taken for that of pages too.
struct PagePresence: Sendable {
  let chain: Chain
  private let temperature: Temperature
  private let linesAlone: Bool
  private let groups: Int
  /// Passes; the last is the full one, which under phases is that of the decoder.
  private let passes: Int
  /// `passes × groups`: 0 in the lanes of the category's labels and 1 elsewhere.
  private let masks: [SIMD16<Float>]
  /// The rows of the chain's matrices that the category's labels would multiply with 0.
  private let forbidden: [Range<Int>]
  /// Where the labels of each category begin, and where those of the last end.
  private let bounds: [Int]
  /// `passes × groups`; of a chain with one phase.
  private var alphas: [SIMD16<Float>]
  /// A pass each, but the full one; of a chain with several phases.
  private var carries: [PhasedPasses.Carry]
  private var previousForm: UInt8 = 0
  /// Likelihood of each pass ÷ likelihood of the full pass, so far; 0 from where it is negligible.
  private var ratios: [Double]
  private var isFirst = true
  /// Shares below it are nothing beside 1, whatever follows.
  private let negligible: Double

  init(chain: Chain, labels: LabelSet, temperature: Temperature, linesAlone: Bool) {
    self.chain = chain
    self.temperature = temperature
    self.linesAlone = linesAlone
    let groups = chain.groups
    self.groups = groups
    passes = labels.categories.count + 1
    masks = (0..<passes).flatMap { category in
      (0..<groups).map { group in
        var mask = SIMD16<Float>(repeating: 1)
        for lane in 0..<16 where group * 16 + lane < labels.count {
          if labels.categoryOfLabel[group * 16 + lane] == category { mask[lane] = 0 }
        }
        return mask
      }
    }
    forbidden = (0..<passes).map { category in
      let own = labels.categoryOfLabel.indices.filter { labels.categoryOfLabel[$0] == category }
      return own.first.map { $0..<$0 + own.count } ?? 0..<0
    }
    bounds = forbidden.dropLast().map(\.lowerBound) + [labels.count]
    alphas = Array(repeating: SIMD16(repeating: 0), count: passes * groups)
    carries = Array(repeating: PhasedPasses.Carry(), count: passes - 1)
    ratios = Array(repeating: 1, count: passes)
    // What follows can make a share larger by no more than the steps out of one label are likelier than out of another.
    // Where there are phases, a page that began like an article can turn out to be a list, but not against so much evidence.
    negligible = chain.single.map { 0x1p-60 / $0.largestRatio(final: chain.final) } ?? 0x1p-200
  }

  /// Adds the next lines of the page.
  /// - Parameters:
  ///   - totals: what ``ForwardBackward/totals`` are of these lines.
  ///   - alive: what ``ForwardBackward/alive`` is of them.
  mutating func add(_ lines: LineEvidence, count: Int, totals: [Float], alive: [UInt8]) {
    guard !linesAlone else { return addAlone(lines, count: count) }
    guard count > 0 else { return }
    if let steps = chain.phased {
      add(lines, count: count, totals, alive, steps)
    } else if let steps = chain.single {
      add(lines, count: count, steps)
    }
    isFirst = false
  }

  private mutating func add(
    _ lines: LineEvidence, count: Int, _ totals: [Float], _ alive: [UInt8], _ steps: PhaseSteps
  ) {
    let (chain, passes, masks, bounds, negligible) = (chain, passes, masks, bounds, negligible)
    ratios.withUnsafeMutableBufferPointer { ratios in
      carries.withUnsafeMutableBufferPointer { carries in
        masks.withUnsafeBufferPointer { masks in
          bounds.withUnsafeBufferPointer { bounds in
            chain.initial.withUnsafeBufferPointer { initial in
              lines.withPointers { likelihoods, forms in
                guard let masks = masks.baseAddress, let initial = initial.baseAddress else { return }
                var presence = chaff_presence(
                  passes: passes - 1, categories: bounds.baseAddress, masks: masks.lanes, carries: carries.baseAddress,
                  ratios: ratios.baseAddress, negligible: negligible)
                steps.withForwardSteps {
                  chaff_pass_phases($0, initial.lanes, forms, likelihoods.lanes, count, totals, alive, &presence)
                }
              }
            }
          }
        }
      }
    }
  }

  private mutating func add(_ lines: LineEvidence, count: Int, _ steps: ChainSteps) {
    let (chain, groups, passes, forbidden, negligible) = (chain, groups, passes, forbidden, negligible)
    let from = isFirst ? nil : previousForm
    ratios.withUnsafeMutableBufferPointer { ratios in
      alphas.withUnsafeMutableBufferPointer { alphas in
        masks.withUnsafeBufferPointer { masks in
          guard let alphas = alphas.baseAddress, let masks = masks.baseAddress else { return }
          lines.withPointers { likelihoods, forms in
            steps.withForwardSteps { steps in
              for line in 0..<count {
                let pass = Pass(
                  chain: chain, steps: steps, likelihoods: likelihoods + line &* groups,
                  from: line > 0 ? forms[line &- 1] : from, to: forms[line])
                let last = (passes &- 1) &* groups
                let full = Double(pass.advance(alphas + last, masks + last, skipping: forbidden[passes - 1]))
                for category in 0..<passes - 1 where ratios[category] != 0 {
                  let own = category &* groups
                  let sum = pass.advance(alphas + own, masks + own, skipping: forbidden[category])
                  let ratio = ratios[category] * (Double(sum) / full)
                  ratios[category] = ratio < negligible ? 0 : ratio
                }
              }
            }
          }
        }
      }
    }
    previousForm = lines.forms[count - 1]
  }

  /// A step of the passes over a line.
  private struct Pass {
    let chain: Chain
    let steps: ChainSteps.Steps
    let likelihoods: UnsafePointer<SIMD16<Float>>
    /// The form of the line before; nil for the first.
    let from: UInt8?
    let to: UInt8

    /// Moves a pass's vector on; returns the scale that was taken out.
    @inline(__always)
    func advance(
      _ alpha: UnsafeMutablePointer<SIMD16<Float>>, _ mask: UnsafePointer<SIMD16<Float>>, skipping labels: Range<Int>
    ) -> Float {
      let groups = steps.groups
      if let from {
        steps.apply(alpha, from, to, skipping: labels)
      } else {
        for group in 0..<groups { alpha[group] = chain.initial[Int(to) * groups + group] }
      }
      var sum: Float = 0
      for group in 0..<groups {
        alpha[group] *= likelihoods[group] * mask[group]
        sum += alpha[group].treeSum
      }
      let scale = sum > 0 ? 1 / sum : 0
      for group in 0..<groups { alpha[group] *= scale }
      return sum
    }
  }

  private mutating func addAlone(_ lines: LineEvidence, count: Int) {
    for line in 0..<count {
      func sum(_ pass: Int) -> Double {
        Double(
          (0..<groups).reduce(Float(0)) { sum, group in
            sum + (lines.likelihoods[line * groups + group] * chain.prior[group] * masks[pass * groups + group]).treeSum
          })
      }
      let full = sum(passes - 1)
      for pass in 0..<passes - 1 { ratios[pass] *= sum(pass) / full }
      isFirst = false
    }
  }

  /// Ends the page and begins the next.
  /// - Parameter carry: what the decoder's forward pass over the page left.
  /// - Returns: for each category, the probability that the page has a line of it.
  mutating func endPage(after carry: ForwardBackward.Carry) -> [Double] {
    if !linesAlone && !isFirst {
      let full = chain.phased == nil ? end(passes - 1) : end(carry.phased)
      for pass in 0..<passes - 1 where ratios[pass] != 0 {
        ratios[pass] *= Double(chain.phased == nil ? end(pass) : end(carries[pass])) / Double(full)
      }
    }
    let presence = ratios.dropLast().map { [isFirst, temperature] ratio in
      let presence = 1 - ratio
      return !isFirst && presence >= 0 ? temperature.apply(to: min(1, presence)) : 0
    }
    for pass in 0..<passes - 1 {
      ratios[pass] = 1
      carries[pass].has_begun = 0
    }
    isFirst = true
    return presence
  }

  /// How likely the end of the page is by a pass over a chain of one phase.
  private func end(_ pass: Int) -> Float {
    (0..<groups).reduce(Float(0)) { $0 + (alphas[pass * groups + $1] * chain.final[$1]).treeSum }
  }

  /// How likely the end of the page is by a pass over a chain of several phases.
  private func end(_ carry: PhasedPasses.Carry) -> Float {
    var sum: Float = 0
    carry.forEachVector { phase, vector in sum += (vector * chain.final[phase.rawValue]).treeSum }
    return sum / carry.scaling.sum
  }
}
