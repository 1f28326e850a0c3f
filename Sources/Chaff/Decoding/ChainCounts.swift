/// How often, on whole pages, a line's label and form came first, came last, and followed another.
///
/// A *state* is a form and a label: `form × labels + label`. Counts are integers and add up.
package struct ChainCounts: Sendable, Equatable {
  package let labelCount: Int
  /// By label.
  package var first: [UInt64]
  /// By label.
  package var last: [UInt64]
  /// By state.
  package var lines: [UInt64]
  /// Row-major: `pairs[from * states + to]`.
  package var pairs: [UInt64]

  package init(labelCount: Int) {
    self.labelCount = labelCount
    let states = labelCount * LineForm.count
    first = Array(repeating: 0, count: labelCount)
    last = first
    lines = Array(repeating: 0, count: states)
    pairs = Array(repeating: 0, count: states * states)
  }

  /// How many states there are.
  package var stateCount: Int { labelCount * LineForm.count }

  /// Counts a page, once or more often; lines without a label break the chain.
  package mutating func add(_ page: some Sequence<(label: Int?, form: Int)>, times: Int = 1) {
    let times = UInt64(times)
    var previous: Int?
    var firstLabel: Int?
    var lastLabel: Int?
    for line in page {
      guard let label = line.label else {
        previous = nil
        continue
      }
      let state = line.form * labelCount + label
      lines[state] += times
      if let previous { pairs[previous * stateCount + state] += times }
      previous = state
      firstLabel = firstLabel ?? label
      lastLabel = label
    }
    if let firstLabel { first[firstLabel] += times }
    if let lastLabel { last[lastLabel] += times }
  }
}
