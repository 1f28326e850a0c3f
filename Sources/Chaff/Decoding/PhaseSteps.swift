import CLanes

/// The steps of a chain of several phases, as matrices: a record for each pair of forms.
///
/// A record has the steps inside each phase and those from `before` to `head` as matrices, and as vectors those from `before`
/// and from `head` to the text of the article, those from the text to `after`, and those by which text begins anew. With the
/// phases as one matrix of 5 × 16 rows and columns most of it would be zeros.
struct PhaseSteps: Sendable {
  private let phases: PagePhases
  private let labels: chaff_phase_labels
  /// Rows are labels of the line before: `forms × forms` records.
  private let forward: [SIMD16<Float>]
  /// Rows are labels of the line behind.
  private let backward: [SIMD16<Float>]

  private static let matrices = PagePhases.Phase.allCases.count + 1
  private static let vectors = 4

  /// Where a record has a step, in lanes from its beginning.
  private struct Spot {
    /// In rows by the label before, and by the label behind; the same in a vector.
    var forward: Int
    var backward: Int

    init(vector: Int, lane: Int) {
      forward = vector * 16 + lane
      backward = forward
    }

    init(matrix start: Int, _ from: Int, _ to: Int) {
      forward = (start + from) * 16 + to
      backward = (start + to) * 16 + from
    }
  }

  /// - Precondition: `phases` has a text.
  init(_ phases: PagePhases, _ probabilities: ChainProbabilities) {
    let labelCount = phases.labelCount
    self.phases = phases
    labels = chaff_phase_labels(
      labels: labelCount, article: phases.article.lowerBound, article_end: phases.article.upperBound,
      text: phases.text ?? 0)
    let record = Self.record(labelCount)
    let forms = LineForm.count
    var forward = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: forms * forms * record)
    var backward = forward
    forward.withUnsafeMutableBytes { forward in
      backward.withUnsafeMutableBytes { backward in
        let forward = forward.assumingMemoryBound(to: Float.self)
        let backward = backward.assumingMemoryBound(to: Float.self)
        probabilities.forEachStep { from, to, probabilities in
          guard let before = phases.position(from), let behind = phases.position(to) else { return }
          var spot = Self.spot(before, behind, labelCount)
          for pair in 0..<forms * forms {
            forward[spot.forward] = probabilities[pair]
            backward[spot.backward] = probabilities[pair]
            spot.forward &+= record &* 16
            spot.backward &+= record &* 16
          }
        }
        for (lane, phase) in [PagePhases.Phase.list, .after].enumerated() {
          for form in 0..<forms {
            let probability = Float(probabilities.text(after: phase, form: form))
            for start in stride(from: form, to: forms * forms, by: forms) {
              let place = ((start + 1) * record - 1) * 16 + lane
              forward[place] = probability
              backward[place] = probability
            }
          }
        }
      }
    }
    self.forward = forward
    self.backward = backward
  }

  /// Vectors of a record.
  private static func record(_ labels: Int) -> Int { matrices * labels + vectors }

  private static func spot(_ from: PagePhases.Position, _ to: PagePhases.Position, _ labels: Int) -> Spot {
    switch (from.phase, to.phase) {
    case (.before, .head): Spot(matrix: (matrices - 1) * labels, from.label, to.label)
    case (.before, .article): Spot(vector: matrices * labels, lane: from.label)
    case (.head, .article): Spot(vector: matrices * labels + 1, lane: from.label)
    case (.article, .after): Spot(vector: matrices * labels + 2, lane: to.label)
    default: Spot(matrix: from.phase.rawValue * labels, from.label, to.label)
    }
  }

  /// `p(to | from)` of one step; 0 where none leads.
  func probability(from: (place: Int, form: Int), to: (place: Int, form: Int)) -> Float {
    let record = Self.record(phases.labelCount)
    let start = (from.form * LineForm.count + to.form) * record
    guard let before = phases.position(from.place), let behind = phases.position(to.place) else { return 0 }
    if phases.step(from: from.place, to: to.place) != nil {
      let spot = Self.spot(before, behind, phases.labelCount).forward
      return forward[start + spot / 16][spot % 16]
    }
    guard phases.mayBeginAnew(before.phase), behind.phase == .article, behind.label == phases.text else { return 0 }
    return forward[start + record - 1][before.phase == .list ? 0 : 1]
  }

  /// Calls `body` with the steps forward.
  @inline(__always)
  func withForwardSteps(_ body: (UnsafePointer<chaff_phase_steps>) -> Void) { withSteps(forward, body) }

  /// Calls `body` with the steps back.
  @inline(__always)
  func withBackwardSteps(_ body: (UnsafePointer<chaff_phase_steps>) -> Void) { withSteps(backward, body) }

  @inline(__always)
  private func withSteps(_ records: [SIMD16<Float>], _ body: (UnsafePointer<chaff_phase_steps>) -> Void) {
    records.withUnsafeBufferPointer { records in
      guard let records = records.baseAddress else { return }
      withUnsafePointer(
        to: chaff_phase_steps(records: records.lanes, forms: LineForm.count, labels: labels), body)
    }
  }
}
