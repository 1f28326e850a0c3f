/// The probability that a page has at least one line of a category.
///
/// It is one less the share of the page's likelihood that is left when the category's labels are forbidden: a forward
/// pass for each category beside the full one. The temperature of lines is taken for that of pages too.
struct PagePresence: Sendable {
  private let chain: Chain
  private let temperature: Temperature
  private let linesAlone: Bool
  /// For each category, 0 in the lanes of its labels and 1 elsewhere; the last is for the full pass.
  private let masks: [[SIMD16<Float>]]
  private var alphas: [[SIMD16<Float>]]
  private var previousForm: UInt8 = 0
  /// The next forward vector of a pass.
  private var scratch: [SIMD16<Float>]
  /// Likelihood of each pass ÷ likelihood of the full pass, so far.
  private var ratios: [Double]
  private var isFirst = true
  /// Of the page that ended last.
  private(set) var lastPage: [Double] = []

  init(chain: Chain, labels: LabelSet, temperature: Temperature, linesAlone: Bool) {
    self.chain = chain
    self.temperature = temperature
    self.linesAlone = linesAlone
    masks = (0...labels.categories.count).map { category in
      (0..<chain.groups).map { group in
        var mask = SIMD16<Float>(repeating: 1)
        for lane in 0..<16 where group * 16 + lane < labels.count {
          if labels.categoryOfLabel[group * 16 + lane] == category { mask[lane] = 0 }
        }
        return mask
      }
    }
    alphas = masks.map { _ in Array(repeating: SIMD16(repeating: 0), count: chain.groups) }
    ratios = Array(repeating: 1, count: masks.count)
    scratch = Array(repeating: SIMD16(repeating: 0), count: chain.groups)
  }

  /// Adds the next lines of the page.
  mutating func add(_ lines: LineEvidence, count: Int) {
    var sums = [Float](repeating: 0, count: masks.count)
    for line in 0..<count {
      for pass in masks.indices {
        sums[pass] = linesAlone ? alone(pass, lines, line) : advance(pass, lines, line)
      }
      isFirst = false
      previousForm = lines.forms[line]
      for pass in masks.indices { ratios[pass] *= Double(sums[pass]) / Double(sums[masks.count - 1]) }
    }
  }

  private func alone(_ pass: Int, _ lines: LineEvidence, _ line: Int) -> Float {
    (0..<chain.groups).reduce(0) { sum, group in
      sum + (lines.likelihoods[line * chain.groups + group] * chain.prior[group] * masks[pass][group]).treeSum
    }
  }

  /// One step of a pass; returns the scale that was taken out.
  private mutating func advance(_ pass: Int, _ lines: LineEvidence, _ line: Int) -> Float {
    let (chain, form, from, isFirst) = (chain, lines.forms[line], previousForm, isFirst)
    let groups = chain.groups
    let mask = masks[pass]
    return scratch.withUnsafeMutableBufferPointer { next in
      alphas[pass].withUnsafeMutableBufferPointer { alpha in
        guard let out = next.baseAddress, let source = alpha.baseAddress else { return 0 }
        if isFirst {
          for group in 0..<groups { out[group] = chain.initial[Int(form) * groups + group] }
        } else {
          chain.advance(source, from, form, into: out)
        }
        var sum: Float = 0
        for group in 0..<groups {
          out[group] *= lines.likelihoods[line * groups + group] * mask[group]
          sum += out[group].treeSum
        }
        let scale = sum > 0 ? 1 / sum : 0
        for group in 0..<groups { source[group] = out[group] * scale }
        return sum
      }
    }
  }

  /// Ends the page and begins the next.
  mutating func endPage() {
    if !linesAlone && !isFirst {
      let ends = alphas.map { alpha in
        alpha.indices.reduce(Float(0)) { $0 + (alpha[$1] * chain.final[$1]).treeSum }
      }
      for pass in masks.indices { ratios[pass] *= Double(ends[pass]) / Double(ends[masks.count - 1]) }
    }
    lastPage = ratios.dropLast().map { [isFirst, temperature] ratio in
      let presence = 1 - ratio
      return !isFirst && presence >= 0 ? temperature.apply(to: min(1, presence)) : 0
    }
    ratios = Array(repeating: 1, count: masks.count)
    isFirst = true
  }
}
