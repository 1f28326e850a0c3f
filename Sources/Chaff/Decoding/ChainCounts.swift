/// How often, on whole pages, a line's position and form came first, came last, and followed another.
///
/// A *place* is a phase and a label (``PagePhases``), a *state* a form and a place: `form × places + place`. Counts are
/// integers and add up.
package struct ChainCounts: Sendable, Equatable {
  package let phases: PagePhases
  /// By place.
  package var first: [UInt64]
  /// By place.
  package var last: [UInt64]
  /// By state.
  package var lines: [UInt64]
  /// By step and forms: see ``pair(from:to:)``.
  package var pairs: [UInt64]

  package init(phases: PagePhases) {
    self.phases = phases
    first = Array(repeating: 0, count: phases.placeCount)
    last = first
    lines = Array(repeating: 0, count: LineForm.count * phases.placeCount)
    pairs = Array(repeating: 0, count: ChainRecord.pairCount(phases))
  }

  /// How many states there are.
  package var stateCount: Int { lines.count }

  /// Where in ``pairs`` the steps from one state to another are counted; nil if there are none such.
  @inline(__always)
  package func pair(from: Int, to: Int) -> Int? {
    let places = phases.placeCount
    guard let step = phases.step(from: from % places, to: to % places) else { return nil }
    return (step * LineForm.count + from / places) * LineForm.count + to / places
  }

  /// Counts a page, once or more often; lines without a label break the chain.
  package mutating func add(_ page: some Sequence<(label: Int?, form: Int)>, times: Int = 1) {
    let times = UInt64(times)
    let page = Array(page)
    var previous: Int?
    var first: Int?
    var last: Int?
    for (line, phase) in zip(page, phases.phases(of: page.map(\.label))) {
      guard let label = line.label, let phase else {
        previous = nil
        continue
      }
      let place = phases.place(PagePhases.Position(phase: phase, label: label))
      let state = line.form * phases.placeCount + place
      lines[state] += times
      if let previous, let pair = pair(from: previous, to: state) { pairs[pair] += times }
      previous = state
      first = first ?? place
      last = place
    }
    if let first { self.first[first] += times }
    if let last { self.last[last] += times }
  }
}
