import CLanes

/// The steps of a chain of one phase, as matrices.
struct ChainSteps: Sendable {
  private let labelCount: Int
  private let groups: Int
  /// Rows of a matrix: labels, and one row of zeros if they are odd.
  private let rowCount: Int
  /// `p(k,f | j,g)` at `[g][f][j]`, a row over *k*: `forms × forms × rows × groups`.
  private let forward: [SIMD16<Float>]
  /// The same at `[g][f][k]`, a row over *j*.
  private let backward: [SIMD16<Float>]

  init(_ phases: PagePhases, _ probabilities: ChainProbabilities) {
    let labels = phases.labelCount
    let groups = (labels + 15) / 16
    let rowCount = (labels + 1) & ~1
    labelCount = labels
    self.groups = groups
    self.rowCount = rowCount
    let size = LineForm.count * LineForm.count * rowCount * groups
    var forward = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: size)
    var backward = forward
    let lanes = groups * 16
    forward.withUnsafeMutableBytes { forward in
      backward.withUnsafeMutableBytes { backward in
        let forward = forward.assumingMemoryBound(to: Float.self)
        let backward = backward.assumingMemoryBound(to: Float.self)
        probabilities.forEachStep { from, to, probabilities in
          for forms in 0..<LineForm.count * LineForm.count {
            let start = forms * rowCount * lanes
            forward[start + from * lanes + to] = probabilities[forms]
            backward[start + to * lanes + from] = probabilities[forms]
          }
        }
      }
    }
    self.forward = forward
    self.backward = backward
  }

  /// `p(to | from)` of one step.
  func probability(from: (place: Int, form: Int), to: (place: Int, form: Int)) -> Float {
    forward[((from.form * LineForm.count + to.form) * rowCount + from.place) * groups + to.place / 16][to.place % 16]
  }

  /// How much likelier a step to a label is out of one label than out of another, at most; and the end of the page.
  func largestRatio(final: [SIMD16<Float>]) -> Double {
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
