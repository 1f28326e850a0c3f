import CLanes

/// A first-order hidden Markov chain over the lines of a page (Rabiner 1989), ready for decoding.
///
/// A step's probability depends on the labels and on the forms of both lines, and is smoothed in two stages towards
/// the labels alone and towards the labels' shares (after Zhai & Lafferty 2004):
///
/// - `p(k | j) = (n(j,k) + m q(k)) / (n(j) + m)`,
/// - `p(f | k) = (n(f,k) + 10 p(f)) / (n(k) + 10)`,
/// - `p(k,f | j,g) = (n(j,g; k,f) + c p(k | j) p(f | k)) / (n(j,g) + c)`.
///
/// The forms are seen, so decoding a line costs labels², not states².
package struct Chain: Sendable {
  package let labelCount: Int
  /// Vectors of sixteen labels.
  package let groups: Int
  /// `p(first label, form)`: `forms × groups`.
  package let initial: [SIMD16<Float>]
  /// `p(end | label)`, up to a factor: `groups`.
  package let final: [SIMD16<Float>]
  /// `p(label)` on whole pages, the prior of a line that is judged alone: `groups`.
  package let prior: [SIMD16<Float>]
  /// Rows of a matrix: labels, and one row of zeros if they are odd.
  private let rowCount: Int
  /// `p(k,f | j,g)` at `[g][f][j]`, a row over *k*: `forms × forms × rows × groups`.
  let forward: [SIMD16<Float>]
  /// The same at `[g][f][k]`, a row over *j*.
  let backward: [SIMD16<Float>]

  /// Pseudo-counts of a label's share in forms.
  private static let formSmoothing = 10.0

  /// Derives probabilities from counts.
  /// - Parameters:
  ///   - counts: of whole pages.
  ///   - smoothing: the number *m* of pseudo-counts of labels, above 0.
  ///   - formSmoothing: the number *c* of pseudo-counts of steps between labels alone, above 0.
  /// - Complexity: O(labels² × forms²).
  package init(counts: ChainCounts, smoothing: Double, formSmoothing: Double) {
    let labels = counts.labelCount
    labelCount = labels
    groups = (labels + 15) / 16
    rowCount = (labels + 1) & ~1
    let forms = LineForm.count
    let lines = (0..<labels).map { label in
      (0..<forms).reduce(0.0) { $0 + Double(counts.lines[$1 * labels + label]) }
    }
    let share = Self.normalized(lines.map { $0 + 0.5 })
    let formShare = Self.formShares(counts, lines)
    let steps = Self.steps(counts, share, smoothing)
    let first = Self.normalized((0..<labels).map { Double(counts.first[$0]) + smoothing * share[$0] })
    initial = (0..<forms).flatMap { form in
      Self.vectors((0..<labels).map { first[$0] * formShare[form * labels + $0] })
    }
    final = Self.vectors(
      Self.normalized(
        (0..<labels).map { label in
          (Double(counts.last[label]) + smoothing * share[label]) / (lines[label] + smoothing * share[label])
        }))
    prior = Self.vectors(share)
    let (groups, rowCount) = (groups, rowCount)
    let size = forms * forms * rowCount * groups
    var forward = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: size)
    var backward = forward
    let lanes = groups * 16
    forward.withUnsafeMutableBytes { forward in
      backward.withUnsafeMutableBytes { backward in
        let forward = forward.assumingMemoryBound(to: Float.self)
        let backward = backward.assumingMemoryBound(to: Float.self)
        for (from, to) in (0..<forms * forms).map({ ($0 / forms, $0 % forms) }) {
          let matrix = Self.matrix(counts, from, to, formSmoothing) {
            steps[$0 * labels + $1] * formShare[to * labels + $1]
          }
          let start = (from * forms + to) * rowCount * lanes
          for index in matrix.indices {
            let (label, next) = (index / labels, index % labels)
            forward[start + label * lanes + next] = Float(matrix[index])
            backward[start + next * lanes + label] = Float(matrix[index])
          }
        }
      }
    }
    self.forward = forward
    self.backward = backward
  }

  /// `p(f | k)` at `[f][k]`.
  private static func formShares(_ counts: ChainCounts, _ lines: [Double]) -> [Double] {
    let labels = counts.labelCount
    let overall = normalized(
      (0..<LineForm.count).map { form in
        (0..<labels).reduce(1.0) { $0 + Double(counts.lines[form * labels + $1]) }
      })
    return (0..<LineForm.count).flatMap { form in
      (0..<labels).map { label in
        (Double(counts.lines[form * labels + label]) + formSmoothing * overall[form]) / (lines[label] + formSmoothing)
      }
    }
  }

  /// `p(k | j)` at `[j][k]`.
  private static func steps(_ counts: ChainCounts, _ share: [Double], _ smoothing: Double) -> [Double] {
    let labels = counts.labelCount
    var pairs = [Double](repeating: 0, count: labels * labels)
    for (index, count) in counts.pairs.enumerated() where count > 0 {
      pairs[index / counts.stateCount % labels * labels + index % counts.stateCount % labels] += Double(count)
    }
    return (0..<labels).flatMap { from in
      normalized((0..<labels).map { pairs[from * labels + $0] + smoothing * share[$0] })
    }
  }

  /// `p(k,f | j,g)` for one pair of forms, at `[j][k]`.
  private static func matrix(
    _ counts: ChainCounts, _ from: Int, _ to: Int, _ smoothing: Double, _ prior: (Int, Int) -> Double
  ) -> [Double] {
    let labels = counts.labelCount
    return (0..<labels).flatMap { label in
      let row = (from * labels + label) * counts.stateCount
      let total = counts.pairs[row..<row + counts.stateCount].reduce(0, +)
      let scale = 1 / (Double(total) + smoothing)
      return (0..<labels).map { next in
        (Double(counts.pairs[row + to * labels + next]) + smoothing * prior(label, next)) * scale
      }
    }
  }

  private static func normalized(_ values: [Double]) -> [Double] {
    let sum = values.reduce(0, +)
    return values.map { $0 / sum }
  }

  private static func vectors(_ values: [Double]) -> [SIMD16<Float>] {
    stride(from: 0, to: values.count, by: 16).map { start in
      var vector = SIMD16<Float>(repeating: 0)
      for lane in 0..<16 where start + lane < values.count { vector[lane] = Float(values[start + lane]) }
      return vector
    }
  }

  // MARK: Steps

  /// `p(to | from)` of one step.
  package func probability(from: (label: Int, form: Int), to: (label: Int, form: Int)) -> Float {
    forward[((from.form * LineForm.count + to.form) * rowCount + from.label) * groups + to.label / 16][to.label % 16]
  }

  /// How much likelier a step to a label is out of one label than out of another, at most; and the end of the page.
  var largestRatioOfSteps: Double {
    var largest = 1.0
    func add(_ values: [Float]) {
      largest = max(largest, Double(values.max() ?? 1) / Double(values.min() ?? 1))
    }
    let forms = 0..<LineForm.count
    for (from, to) in forms.flatMap({ from in forms.map { (from, $0) } }) {
      for label in 0..<labelCount {
        add((0..<labelCount).map { probability(from: ($0, from), to: (label, to)) })
      }
    }
    add((0..<labelCount).map { final[$0 / 16][$0 % 16] })
    return largest
  }

  /// Calls `body` with the steps forward.
  @inline(__always)
  func withForwardSteps<R>(_ body: (Steps) -> R) -> R { withSteps(forward, body) }

  /// Calls `body` with the steps back: `out[j] = Σ_k p(k,f | j,g) source[k]`.
  @inline(__always)
  func withBackwardSteps<R>(_ body: (Steps) -> R) -> R { withSteps(backward, body) }

  @inline(__always)
  private func withSteps<R>(_ rows: [SIMD16<Float>], _ body: (Steps) -> R) -> R {
    rows.withUnsafeBufferPointer { body(Steps(rows: $0, rowCount: rowCount, groups: groups)) }
  }

  /// The steps of one direction, as long as their memory is held.
  struct Steps {
    fileprivate let rows: UnsafeBufferPointer<SIMD16<Float>>
    fileprivate let rowCount: Int
    let groups: Int

    /// Calls `body` with the steps as the loops over up to sixteen labels want them.
    @inline(__always)
    func withNarrow(_ body: (UnsafePointer<chaff_steps>) -> Void) {
      let matrices = UnsafeRawPointer(rows.baseAddress)?.assumingMemoryBound(to: Float.self)
      withUnsafePointer(to: chaff_steps(matrices: matrices, forms: LineForm.count, rows: rowCount), body)
    }

    /// Multiplies a vector over labels by the matrix of a step.
    /// - Complexity: O(labels²).
    @inline(__always)
    func apply(
      _ source: UnsafePointer<SIMD16<Float>>, _ from: UInt8, _ to: UInt8,
      into out: UnsafeMutablePointer<SIMD16<Float>>
    ) {
      guard let base = rows.baseAddress else { return }
      let scalars = UnsafeRawPointer(source).assumingMemoryBound(to: Float.self)
      let matrix = base + (Int(from) &* LineForm.count &+ Int(to)) &* rowCount &* groups
      if groups == 1 {
        out.pointee = Self.product(matrix, scalars, rowCount)
        return
      }
      for group in 0..<groups { out[group] = SIMD16(repeating: 0) }
      for row in 0..<rowCount {
        for group in 0..<groups { out[group] += matrix[row &* groups &+ group] * scalars[row] }
      }
    }

    /// Multiplies a vector in place; the rows of some labels, which are 0 in it, are passed over.
    ///
    /// The same sums in the same order, but for the zeros.
    @inline(__always)
    func apply(_ vector: UnsafeMutablePointer<SIMD16<Float>>, _ from: UInt8, _ to: UInt8, skipping labels: Range<Int>) {
      guard let base = rows.baseAddress else { return }
      let matrix = base + (Int(from) &* LineForm.count &+ Int(to)) &* rowCount &* groups
      let scalars = UnsafeRawPointer(vector).assumingMemoryBound(to: Float.self)
      // Pairs of rows.
      let (first, last) = ((labels.lowerBound &+ 1) & ~1, labels.upperBound & ~1)
      guard groups == 1 else {
        withUnsafeTemporaryAllocation(of: SIMD16<Float>.self, capacity: groups) { out in
          guard let out = out.baseAddress else { return }
          apply(vector, from, to, into: out)
          for group in 0..<groups { vector[group] = out[group] }
        }
        return
      }
      var even = SIMD16<Float>(repeating: 0)
      var odd = SIMD16<Float>(repeating: 0)
      var row = 0
      while row < rowCount {
        if row == first && first < last { row = last }
        if row >= rowCount { break }
        even += matrix[row] * scalars[row]
        odd += matrix[row &+ 1] * scalars[row &+ 1]
        row &+= 2
      }
      vector.pointee = even + odd
    }

    /// The common case keeps its sums in registers: two, since a sum waits for the one before.
    @inline(__always)
    private static func product(
      _ matrix: UnsafePointer<SIMD16<Float>>, _ scalars: UnsafePointer<Float>, _ rowCount: Int
    ) -> SIMD16<Float> {
      var even = matrix[0] * scalars[0]
      var odd = matrix[1] * scalars[1]
      var row = 2
      while row < rowCount {
        even += matrix[row] * scalars[row]
        odd += matrix[row &+ 1] * scalars[row &+ 1]
        row &+= 2
      }
      return even + odd
    }
  }
}
