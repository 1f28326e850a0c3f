/// The lines of a page that are decided at once, and what is known of them.
///
/// A page is decoded window by window: its lines are scored, alone (``score(with:)``); the forward pass goes on from the
/// window before (``forward(from:)``); and when the lines behind it have been scored too, each line gets its posteriors
/// (``decide(lookingAt:)``). Steps of different windows can run on different threads, and what they give is the same.
package final class Window {
  /// How many lines behind a window are looked at: what is farther away does not change a posterior that can be measured.
  package static let lookahead = 128

  /// The rows.
  package let text = LineText()
  /// Whether the page ends with this window.
  package var endsPage = false
  /// The posteriors of lines that are not blank: `lines × label groups`.
  package private(set) var posteriors: [SIMD16<Float>] = []
  /// For each row, whether it is blank.
  package private(set) var isBlank: [Bool] = []
  /// What was seen of the lines that are not blank; those that were looked at follow.
  package private(set) var evidence: LineEvidence
  /// The first lines of `evidence`, for the window before: that may look at them while this one is decided.
  private var head: LineEvidence
  /// How many lines are not blank.
  package private(set) var lineCount = 0

  private let model: Model
  private let linesAlone: Bool
  private var decoder: ForwardBackward

  /// - Parameters:
  ///   - model: what to judge by.
  ///   - linesAlone: judge each line by itself, with the labels' shares as priors.
  package init(model: Model, linesAlone: Bool) {
    self.model = model
    self.linesAlone = linesAlone
    evidence = LineEvidence(groups: model.labelGroups)
    head = LineEvidence(groups: model.labelGroups)
    decoder = ForwardBackward(chain: model.chain)
    // Growing by and by, they would leave memory behind them that nothing else fits in.
    posteriors.reserveCapacity(LineText.rowLimit * model.labelGroups)
    isBlank.reserveCapacity(LineText.rowLimit)
    evidence.reserveCapacity(LineText.rowLimit + Self.lookahead)
    head.reserveCapacity(Self.lookahead)
    decoder.reserveCapacity(LineText.rowLimit)
  }

  /// Forgets all but the memory.
  package func removeAll() {
    text.removeAll()
    endsPage = false
    posteriors.removeAll(keepingCapacity: true)
    isBlank.removeAll(keepingCapacity: true)
    evidence.removeAll()
    head.removeAll()
    lineCount = 0
  }

  /// Whether the window is decided without a look at what follows: a line so long that what follows cannot be held.
  package var isCut: Bool { text.isCut }

  /// Works out what each line says by itself.
  package func score(with scorer: LineScorer) {
    scorer.score(text, to: &evidence, isBlank: &isBlank)
    lineCount = evidence.count
    head.append(evidence, count: min(lineCount, Self.lookahead))
  }

  /// Goes forward over the lines.
  /// - Parameter carry: what the window before left; then what this one leaves.
  package func forward(from carry: inout ForwardBackward.Carry) {
    if !linesAlone { decoder.forward(evidence, count: lineCount, from: &carry) }
  }

  /// For each line, how likely it is by those before it: see ``ForwardBackward/totals``.
  var totals: [Float] { decoder.totals }

  /// For each line, which phases of its page it can be of: see ``ForwardBackward/alive``.
  var alive: [UInt8] { decoder.alive }

  /// Gives each line its posteriors.
  /// - Parameter next: the window behind it, scored; nil at the end of the page, and behind a line that was cut.
  package func decide(lookingAt next: Window?) {
    defer { model.parameters.temperature.apply(to: &posteriors, groups: model.labelGroups) }
    guard !linesAlone else { return judgeAlone() }
    var isEnd = endsPage
    if let next {
      let count = min(next.lineCount, Self.lookahead)
      evidence.append(next.head, count: count)
      isEnd = next.endsPage && count == next.lineCount
    }
    decoder.backward(evidence, decided: lineCount, isEnd: isEnd, posteriors: &posteriors)
  }

  private func judgeAlone() {
    let (prior, groups) = (model.chain.prior, model.labelGroups)
    for line in 0..<lineCount {
      let likelihoods = evidence.likelihoods[line * groups..<(line + 1) * groups]
      let weighted = zip(likelihoods, prior).map { $0 * $1 }
      let sum = weighted.reduce(0) { $0 + $1.treeSum }
      posteriors.append(contentsOf: weighted.map { $0 * (1 / sum) })
    }
  }
}
