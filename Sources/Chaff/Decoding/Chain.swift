/// A first-order hidden Markov chain over the lines of a page (Rabiner 1989), ready for decoding.
///
/// Its hidden states are places: a label in one of the page's phases (``PagePhases``). A step's probability also depends on
/// the forms of both lines (see `ChainProbabilities`), but these are seen, so that decoding a line costs labels² a phase.
package struct Chain: Sendable {
  package let phases: PagePhases
  /// Vectors of sixteen labels.
  package let groups: Int
  /// `p(first place, form)`: `forms × phases × groups`.
  package let initial: [SIMD16<Float>]
  /// `p(end | place)`, up to a factor: `phases × groups`.
  package let final: [SIMD16<Float>]
  /// `p(label)` on whole pages, the prior of a line that is judged alone: `groups`.
  package let prior: [SIMD16<Float>]
  /// The steps as decoding reads them, of a chain with one phase, or else with several: one of the two is there. An enum
  /// would keep its case in a pointer, and the leak sanitizer would not find the memory of the standard model.
  let single: ChainSteps?
  let phased: PhaseSteps?

  /// Derives probabilities from counts.
  /// - Parameters:
  ///   - counts: of whole pages.
  ///   - smoothing: the number of pseudo-counts of labels, above 0.
  ///   - formSmoothing: the number of pseudo-counts of steps between labels alone, above 0.
  /// - Complexity: O(labels² × forms²).
  package init(counts: ChainCounts, smoothing: Double, formSmoothing: Double) {
    self.init(counts.record, smoothing: smoothing, formSmoothing: formSmoothing)
  }

  init(_ record: ChainRecord, smoothing: Double, formSmoothing: Double) {
    let phases = record.phases
    let labels = phases.labelCount
    self.phases = phases
    groups = (labels + 15) / 16
    let probabilities = ChainProbabilities(record, smoothing: smoothing, formSmoothing: formSmoothing)
    initial = Self.vectors(probabilities.initial, labels)
    final = Self.vectors(probabilities.final, labels)
    prior = Self.vectors(probabilities.labelShare, labels)
    single = phases.count == 1 ? ChainSteps(phases, probabilities) : nil
    phased = phases.count == 1 ? nil : PhaseSteps(phases, probabilities)
  }

  package var labelCount: Int { phases.labelCount }

  /// Rows of labels, each padded to whole vectors.
  private static func vectors(_ values: [Double], _ labels: Int) -> [SIMD16<Float>] {
    let groups = (labels + 15) / 16
    var vectors = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: values.count / labels * groups)
    for (index, value) in values.enumerated() {
      let (row, label) = index.quotientAndRemainder(dividingBy: labels)
      vectors[row * groups + label / 16][label % 16] = Float(value)
    }
    return vectors
  }

  // MARK: Probabilities by place

  /// Vectors of a row of places.
  package var placeGroups: Int { phases.count * groups }

  /// The number of a vector in a row of places, and its lane.
  private func lane(_ place: Int) -> (vector: Int, lane: Int) {
    let label = place % labelCount
    return (place / labelCount * groups + label / 16, label % 16)
  }

  /// `p(first place, form)`.
  package func initial(place: Int, form: Int) -> Float {
    let (vector, lane) = lane(place)
    return initial[form * placeGroups + vector][lane]
  }

  /// `p(end | place)`, up to a factor.
  package func final(place: Int) -> Float {
    let (vector, lane) = lane(place)
    return final[vector][lane]
  }

  /// `p(to | from)` of one step; 0 where none leads.
  package func probability(from: (place: Int, form: Int), to: (place: Int, form: Int)) -> Float {
    phased?.probability(from: from, to: to) ?? single?.probability(from: from, to: to) ?? 0
  }

  /// The places that there are, ascending.
  package var places: [Int] { (0..<phases.placeCount).filter { phases.position($0) != nil } }

  /// The places from which a step leads to a place, ascending.
  package func origins(of place: Int) -> [Int] {
    places.filter { from in
      if phases.step(from: from, to: place) != nil { return true }
      guard let origin = phases.position(from), let text = phases.text else { return false }
      return phases.mayBeginAnew(origin.phase)
        && place == phases.place(PagePhases.Position(phase: .article, label: text))
    }
  }
}
