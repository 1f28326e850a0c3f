/// The probabilities of a chain, from counts.
///
/// A step's probability depends on the places and on the forms of both lines, and is smoothed in two stages towards
/// the places alone and towards the places' shares (after Zhai & Lafferty 2004):
///
/// - `p(k | j) = (n(j,k) + m q(k)) / (n(j) + m)`, *q* being the shares of the places that a step leads to from *j*,
/// - `p(f | k) = (n(f,k) + 10 p(f | label)) / (n(k) + 10)`, a label's `p(f | label)` being drawn to all lines' in the same way,
/// - `p(k,f | j,g) = (n(j,g; k,f) + c p(k | j) p(f | k)) / (n(j,g) + c)`.
struct ChainProbabilities {
  private let counts: ChainRecord
  private let phases: PagePhases
  private let places: Int
  private let smoothing: Double
  private let formSmoothing: Double
  /// How many lines stand at each place.
  private let lines: [Double]
  /// `p(place)`.
  private let share: [Double]
  /// `p(f | place)` at `[f][place]`.
  private let formShare: [Double]
  /// By step.
  private let labelSteps: [Double]
  /// How many steps lead from each state.
  private let stepsFrom: [Double]

  /// Pseudo-counts of a place's or label's share in forms.
  private static let heldForms = 10.0

  /// - Parameters:
  ///   - counts: of whole pages.
  ///   - smoothing: the number *m* of pseudo-counts of places, above 0.
  ///   - formSmoothing: the number *c* of pseudo-counts of steps between places alone, above 0.
  init(_ counts: ChainRecord, smoothing: Double, formSmoothing: Double) {
    self.counts = counts
    phases = counts.phases
    let (phases, places) = (counts.phases, counts.phases.placeCount)
    self.places = places
    self.smoothing = smoothing
    self.formSmoothing = formSmoothing
    lines = (0..<places).map { place in
      (0..<LineForm.count).reduce(0.0) { $0 + Double(counts.lines[$1 * places + place]) }
    }
    let lines = lines
    share = Self.normalized((0..<places).map { phases.position($0) == nil ? 0 : lines[$0] + 0.5 })
    formShare = Self.formShares(counts, lines)
    var stepsFrom = [Double](repeating: 0, count: counts.lines.count)
    var pairs = [Double](repeating: 0, count: phases.stepCount)
    for pair in counts.pairs {
      // Whole numbers below 2⁵³: the order in which they are added does not matter.
      let (step, forms) = Int(pair.number).quotientAndRemainder(dividingBy: LineForm.count * LineForm.count)
      stepsFrom[forms / LineForm.count * places + Int(phases.steps[step].from)] += Double(pair.count)
      pairs[step] += Double(pair.count)
    }
    self.stepsFrom = stepsFrom
    labelSteps = Self.labelSteps(phases, pairs, share, smoothing)
  }

  private static func formShares(_ counts: ChainRecord, _ lines: [Double]) -> [Double] {
    let (phases, forms) = (counts.phases, 0..<LineForm.count)
    let places = phases.placeCount
    let labels = phases.labelCount
    let overall = normalized(
      forms.map { form in (0..<places).reduce(1.0) { $0 + Double(counts.lines[form * places + $1]) } })
    let ofLabels = forms.map { form in
      (0..<labels).map { label in
        let own = stride(from: label, to: places, by: labels)
        let count = own.reduce(0.0) { $0 + Double(counts.lines[form * places + $1]) }
        return (count + heldForms * overall[form]) / (own.reduce(0.0) { $0 + lines[$1] } + heldForms)
      }
    }
    // With one phase a place is a label.
    guard phases.count > 1 else { return ofLabels.flatMap { $0 } }
    return forms.flatMap { form in
      (0..<places).map { place in
        (Double(counts.lines[form * places + place]) + heldForms * ofLabels[form][place % labels])
          / (lines[place] + heldForms)
      }
    }
  }

  /// `p(k | j)`, by step.
  private static func labelSteps(
    _ phases: PagePhases, _ pairs: [Double], _ share: [Double], _ smoothing: Double
  ) -> [Double] {
    var result = pairs
    for place in 0..<phases.placeCount {
      let steps = phases.steps(from: place)
      let shares = steps.reduce(0) { $0 + share[Int(phases.steps[$1].to)] }
      for step in steps { result[step] += smoothing * share[Int(phases.steps[step].to)] / shares }
      let sum = steps.reduce(0) { $0 + result[$1] }
      for step in steps { result[step] /= sum }
    }
    return result
  }

  static func normalized(_ values: [Double]) -> [Double] {
    let sum = values.reduce(0, +)
    return values.map { $0 / sum }
  }

  // MARK: Results

  /// `p(label)`.
  var labelShare: [Double] {
    Self.normalized(
      (0..<phases.labelCount).map { label in
        stride(from: label, to: places, by: phases.labelCount).reduce(0.5) { $0 + lines[$1] }
      })
  }

  /// How much of what is judged is taken for a piece of a page, which begins and ends at any of its lines: half.
  ///
  /// On held-out pages this was a little better than to take all for whole; and a line that is judged by itself is not
  /// taken for a page that ends with it, which only lines at a page's foot do.
  private static let pieces = 0.5

  /// `p(first place, form)` at `[form][place]`.
  var initial: [Double] {
    let first = Self.normalized((0..<places).map { Double(counts.first[$0]) + smoothing * share[$0] })
    return (0..<LineForm.count * places).map { state in
      let place = state % places
      return ((1 - Self.pieces) * first[place] + Self.pieces * share[place]) * formShare[state]
    }
  }

  /// `p(end | place)`, up to a factor.
  var final: [Double] {
    let (ends, all) = (counts.last.reduce(0.0) { $0 + Double($1) }, lines.reduce(0, +))
    let anywhere = all > 0 ? ends / all : 1
    return Self.normalized(
      (0..<places).map { place in
        guard share[place] > 0 else { return 0 }
        let last = (Double(counts.last[place]) + smoothing * share[place]) / (lines[place] + smoothing * share[place])
        return (1 - Self.pieces) * last + Self.pieces * anywhere
      })
  }

  /// Calls `body` with each step between places and its probabilities by the forms of both lines, `forms × forms`.
  ///
  /// In the order of the counted pairs, so that these are gone through once, and with a division for each place and form, not
  /// for each probability: a model has tens of thousands of them.
  func forEachStep(_ body: (_ from: Int, _ to: Int, _ probabilities: UnsafePointer<Float>) -> Void) {
    let forms = LineForm.count
    let pairs = forms * forms
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * forms) { numbers in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: pairs) { result in
        guard let shares = numbers.baseAddress, let result = result.baseAddress else { return }
        // What a pseudo-count is worth, by the form of the line before.
        let worth = shares + forms
        var nextPair = 0
        for from in 0..<places {
          let staying = phases.position(from).map { 1 - beginningAnew($0.phase) } ?? 1
          for form in 0..<forms { worth[form] = staying / (stepsFrom[form &* places &+ from] + formSmoothing) }
          for number in phases.steps(from: from) {
            let to = Int(phases.steps[number].to)
            for next in 0..<forms {
              shares[next] = formSmoothing * (labelSteps[number] * formShare[next &* places &+ to])
            }
            for form in 0..<forms {
              for next in 0..<forms { result[form &* forms &+ next] = Float(worth[form] * shares[next]) }
            }
            let first = number &* pairs
            while nextPair < counts.pairs.count {
              let pair = Int(counts.pairs[nextPair].number) &- first
              guard pair < pairs else { break }
              result[pair] = Float(worth[pair / forms] * (Double(counts.pairs[nextPair].count) + shares[pair % forms]))
              nextPair &+= 1
            }
            body(from, to, result)
          }
        }
      }
    }
  }

  /// The probability that text of a form follows a line of `list` or `after`.
  func text(after phase: PagePhases.Phase, form: Int) -> Double {
    guard let text = phases.text else { return 0 }
    let place = phases.place(PagePhases.Position(phase: .article, label: text))
    return beginningAnew(phase) * formShare[form * places + place]
  }

  /// No labelled page has such a step: half of one, among as many lines as the phase has.
  private func beginningAnew(_ phase: PagePhases.Phase) -> Double {
    guard phases.mayBeginAnew(phase) else { return 0 }
    let start = phase.rawValue * phases.labelCount
    return 0.5 / (lines[start..<start + phases.labelCount].reduce(1, +))
  }
}
