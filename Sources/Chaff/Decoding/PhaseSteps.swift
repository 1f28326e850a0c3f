import CLanes

/// The steps of a chain of several phases, as matrices: a record for each pair of forms.
///
/// A record has a matrix for each phase. The labels that a phase does not have leave lanes free, and what leads from it to other
/// phases stands in these: from `before` to the labels of `head`, and from all phases to the text of the article. Only the steps
/// from the text to `after` find no room and are a vector of their own. With the phases as one matrix of 5 × 16 rows and columns
/// most of it would be zeros.
struct PhaseSteps: Sendable {
  private let phases: PagePhases
  private let labels: chaff_phase_labels
  /// Rows are labels of the line before: `forms × forms` records.
  private let forward: [SIMD16<Float>]
  /// Rows are labels of the line behind.
  private let backward: [SIMD16<Float>]

  /// - Precondition: `phases` has a text.
  init(_ phases: PagePhases, _ probabilities: ChainProbabilities) {
    let labelCount = phases.labelCount
    self.phases = phases
    labels = chaff_phase_labels(
      labels: labelCount, article: phases.article.lowerBound, article_end: phases.article.upperBound,
      text: phases.text ?? 0)
    forward = Self.forward(phases, probabilities)
    backward = Self.backward(phases, forward)
  }

  /// Where nothing leads there is 0.
  private static func forward(_ phases: PagePhases, _ probabilities: ChainProbabilities) -> [SIMD16<Float>] {
    let forms = LineForm.count
    return records(phases) { lanes, record in
      probabilities.forEachStep { from, to, probabilities in
        guard let before = phases.position(from), let behind = phases.position(to) else { return }
        var lane = Self.lane(before, behind, phases.labelCount)
        for pair in 0..<forms * forms {
          lanes[lane] = probabilities[pair]
          lane &+= record
        }
      }
      guard let text = phases.text else { return }
      let behind = PagePhases.Position(phase: .article, label: text)
      for phase in PagePhases.Phase.allCases where phases.mayBeginAnew(phase) {
        let shares = (0..<forms).map { Float(probabilities.text(after: phase, form: $0)) }
        for label in 0..<phases.labelCount {
          let before = PagePhases.Position(phase: phase, label: label)
          guard phases.position(phases.place(before)) != nil else { continue }
          for pair in 0..<forms * forms {
            lanes[pair * record + Self.lane(before, behind, phases.labelCount)] = shares[pair % forms]
          }
        }
      }
    }
  }

  /// The same with rows and lanes changed; in the lane of the text, which `after` does not have, its matrix has the steps from
  /// that text.
  private static func backward(_ phases: PagePhases, _ forward: [SIMD16<Float>]) -> [SIMD16<Float>] {
    let labels = phases.labelCount
    return records(phases) { lanes, record in
      forward.withUnsafeBytes { forward in
        let forward = forward.assumingMemoryBound(to: Float.self)
        for start in stride(from: 0, to: forward.count, by: record) {
          for phase in PagePhases.Phase.allCases {
            let matrix = start &+ phase.rawValue &* labels &* 16
            for from in 0..<labels {
              for to in 0..<labels { lanes[matrix &+ to &* 16 &+ from] = forward[matrix &+ from &* 16 &+ to] }
            }
          }
          guard let text = phases.text else { continue }
          let after = start + PagePhases.Phase.after.rawValue * labels * 16
          let vector = start + PagePhases.Phase.allCases.count * labels * 16
          for to in 0..<labels { lanes[after + to * 16 + text] = forward[vector + to] }
        }
      }
    }
  }

  /// Records of zeros that `body` fills; it is also given how many lanes a record has.
  private static func records(
    _ phases: PagePhases, _ body: (UnsafeMutablePointer<Float>, Int) -> Void
  ) -> [SIMD16<Float>] {
    let record = record(phases.labelCount)
    let size = LineForm.count * LineForm.count * record
    return Array(unsafeUninitializedCapacity: size) { vectors, count in
      guard let base = vectors.baseAddress else { return }
      // Page by page, as it is written to, memory took a sixth of the time of loading a model.
      chaff_populate(base, size * MemoryLayout<SIMD16<Float>>.stride)
      base.initialize(repeating: SIMD16(repeating: 0), count: size)
      count = size
      base.withMemoryRebound(to: Float.self, capacity: size * 16) { body($0, record * 16) }
    }
  }

  /// Vectors of a record.
  private static func record(_ labels: Int) -> Int { PagePhases.Phase.allCases.count * labels + 1 }

  /// Where a record has a step forward, in lanes from its beginning.
  @inline(__always)
  private static func lane(_ from: PagePhases.Position, _ to: PagePhases.Position, _ labels: Int) -> Int {
    if from.phase == .article && to.phase == .after { return PagePhases.Phase.allCases.count * labels * 16 + to.label }
    return (from.phase.rawValue * labels + from.label) * 16 + to.label
  }

  /// `p(to | from)` of one step; 0 where none leads.
  func probability(from: (place: Int, form: Int), to: (place: Int, form: Int)) -> Float {
    guard let before = phases.position(from.place), let behind = phases.position(to.place) else { return 0 }
    let isTextAnew = phases.mayBeginAnew(before.phase) && behind.phase == .article && behind.label == phases.text
    guard isTextAnew || phases.step(from: from.place, to: to.place) != nil else { return 0 }
    let lane = Self.lane(before, behind, phases.labelCount)
    return forward[(from.form * LineForm.count + to.form) * Self.record(phases.labelCount) + lane / 16][lane % 16]
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
