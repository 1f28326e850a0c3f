/// A first-order hidden Markov chain over the lines of a page (Rabiner 1989), ready for decoding.
///
/// Probabilities are the counts smoothed towards the states' shares: `p(t | s) = (n(s,t) + m q(t)) / (n(s) + m)` over
/// the states that may follow *s*, with *m* pseudo-counts (Jelinek–Mercer with a Dirichlet prior, Zhai & Lafferty 2004).
package struct Chain: Sendable {
  package let space: StateSpace
  /// `p(first = s)`, as vectors of sixteen states.
  package let initial: [SIMD16<Float>]
  /// `p(end | s)`, up to a factor.
  package let final: [SIMD16<Float>]
  /// `p(label)` on whole pages: the prior of a line that is judged alone.
  package let prior: [SIMD16<Float>]
  /// For each state that exists, the groups of sixteen states it leads to.
  let forward: [Step]
  /// For each state that exists, the groups of sixteen states that lead to it.
  let backward: [Step]
  /// `p(t | s)` of the steps, group after group.
  let forwardRows: [SIMD16<Float>]
  let backwardRows: [SIMD16<Float>]

  /// The row of one state: `count` groups from `group` on.
  struct Step: Sendable {
    var state: Int
    var group: Int
    var count: Int
    var row: Int
  }

  /// Derives probabilities from counts.
  /// - Parameters:
  ///   - counts: of whole pages.
  ///   - smoothing: the number *m* of pseudo-counts, above 0.
  /// - Complexity: O(states²).
  package init(counts: ChainCounts, smoothing: Double) {
    let space = counts.space
    self.space = space
    let share = Self.shares(counts)
    initial = Self.vectors(
      Self.normalized((0..<space.width).map { state in
        space.allowsFirst(state) ? Double(counts.first[state]) + smoothing * share[state] : 0
      }))
    final = Self.vectors(
      Self.normalized((0..<space.width).map { state in
        guard space.exists(state) else { return 0 }
        let ends = Double(counts.last[state]) + smoothing * share[state]
        return ends / (Double(counts.lines[state]) + smoothing * share[state])
      }))
    prior = Self.vectors(
      (0..<space.stride).map { label in
        (0..<space.phaseCount).reduce(0) { $0 + share[label + $1 * space.stride] }
      })
    var matrix = [Double](repeating: 0, count: space.width * space.width)
    for state in space.states {
      let row = (0..<space.width).map { next in
        space.allows(state, next)
          ? Double(counts.pairs[state * space.width + next]) + smoothing * share[next] : 0
      }
      matrix.replaceSubrange(state * space.width..<(state + 1) * space.width, with: Self.normalized(row))
    }
    let width = space.width
    (forward, forwardRows) = Self.steps(space) { from, to in matrix[from * width + to] }
    (backward, backwardRows) = Self.steps(space) { to, from in matrix[from * width + to] }
  }

  /// Each state's share of the lines, half a line added to each.
  private static func shares(_ counts: ChainCounts) -> [Double] {
    normalized(
      counts.lines.indices.map { counts.space.exists($0) ? Double(counts.lines[$0]) + 0.5 : 0 })
  }

  private static func normalized(_ values: [Double]) -> [Double] {
    let sum = values.reduce(0, +)
    return values.map { $0 / sum }
  }

  private static func vectors(_ values: [Double]) -> [SIMD16<Float>] {
    stride(from: 0, to: values.count, by: 16).map { start in
      var vector = SIMD16<Float>(repeating: 0)
      for lane in 0..<16 { vector[lane] = Float(values[start + lane]) }
      return vector
    }
  }

  /// The rows of a matrix, cut to the groups that are not all zero.
  private static func steps(
    _ space: StateSpace, _ value: (Int, Int) -> Double
  ) -> ([Step], [SIMD16<Float>]) {
    var steps: [Step] = []
    var rows: [SIMD16<Float>] = []
    for state in space.states {
      let row = vectors((0..<space.width).map { value(state, $0) })
      let used = row.indices.filter { row[$0] != SIMD16(repeating: 0) }
      guard let first = used.first, let last = used.last else { continue }
      steps.append(Step(state: state, group: first, count: last - first + 1, row: rows.count))
      rows.append(contentsOf: row[first...last])
    }
    return (steps, rows)
  }

  /// Adds `factor × row` of every state to `out`: one step of the chain, if the rows are ``forwardRows``.
  /// - Complexity: O(states²), zero blocks left out.
  @inline(__always)
  static func apply(
    _ steps: [Step], _ rows: [SIMD16<Float>], _ source: UnsafeBufferPointer<SIMD16<Float>>,
    _ out: UnsafeMutableBufferPointer<SIMD16<Float>>
  ) {
    guard let base = source.baseAddress else { return }
    let scalars = UnsafeRawPointer(base).assumingMemoryBound(to: Float.self)
    rows.withUnsafeBufferPointer { rows in
      for step in steps {
        let factor = scalars[step.state]
        for offset in 0..<step.count {
          out[step.group &+ offset] += rows[step.row &+ offset] * factor
        }
      }
    }
  }
}
