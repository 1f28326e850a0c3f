/// How often, on whole pages, a state came first, came last, and followed another.
package struct ChainCounts: Sendable, Equatable {
  package let space: StateSpace
  package var first: [UInt64]
  package var last: [UInt64]
  /// Row-major: `pairs[from * width + to]`.
  package var pairs: [UInt64]
  /// How often a state stands on a whole page.
  package var lines: [UInt64]

  package init(space: StateSpace) {
    self.space = space
    first = Array(repeating: 0, count: space.width)
    last = first
    lines = first
    pairs = Array(repeating: 0, count: space.width * space.width)
  }

  /// Counts a page; lines without a state break the chain.
  package mutating func add(_ states: [Int?]) {
    var previous: Int?
    for state in states {
      if let state {
        lines[state] += 1
        if let previous { pairs[previous * space.width + state] += 1 }
      }
      previous = state
    }
    let known = states.compactMap { $0 }
    if let state = known.first { first[state] += 1 }
    if let state = known.last { last[state] += 1 }
  }
}
