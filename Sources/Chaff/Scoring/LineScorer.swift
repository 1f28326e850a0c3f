import CLanes

/// Turns the bytes of lines into the pool's log-likelihood of each label.
///
/// `log L(k) = bias(k) + Σ_b w(b, length, k) Σ_f log p(f | k) / p(f)` over the features *f* of block *b* that the line holds,
/// each once (a log-opinion pool of naive Bayes models). Features that the model does not know say nothing.
///
/// Not `Sendable`: it owns scratch memory. Make one a thread.
package final class LineScorer {
  package let model: Model
  private let scanner = ChunkScanner()
  private var sums: FeatureSums
  private let patterns = ChunkPatterns()
  private let shapes: ShapeSums
  private let lengthClasses = LengthClass.words
  private let groups: Int
  private let usesForms: Bool
  private let scores: UnsafeMutablePointer<SIMD16<Float>>
  /// What short lines wait with until all of a chunk are pooled at once: their sums, and where their coefficients begin.
  private var pooled: UnsafeMutablePointer<LineSums>
  private var pooledRows: UnsafeMutablePointer<UInt32>
  private var pooledCapacity = 0
  // Copies of the model's arrays, reached without reference counting.
  /// `length classes × blocks × label groups`.
  private let coefficients: UnsafeMutablePointer<SIMD16<Float>>
  private let bias: UnsafeMutablePointer<SIMD16<Float>>
  /// 1 in the lanes of labels, 0 in padding, whose bias keeps it from being the largest.
  private let mask: UnsafeMutablePointer<SIMD16<Float>>

  /// How many bytes of lines are worked on at once, about, and how many lines at most: what is worked out of them stays in
  /// the fastest caches.
  private static let chunkSize = 8192
  private static let chunkLines = 512

  package init(model: Model) {
    self.model = model
    groups = model.labelGroups
    usesForms = model.parameters.usesForms
    sums = FeatureSums(table: model.table, groups: model.labelGroups)
    shapes = ShapeSums(model: model)
    pooled = .allocate(capacity: 1)
    pooledRows = .allocate(capacity: 1)
    scores = .allocate(capacity: groups)
    scores.initialize(repeating: SIMD16(repeating: 0), count: groups)
    coefficients = Self.copy(model.coefficients)
    bias = Self.copy(model.bias)
    let count = model.labels.count
    mask = Self.copy(
      (0..<groups).map { group in
        var lanes = SIMD16<Float>(repeating: 0)
        for lane in 0..<16 where group * 16 + lane < count { lanes[lane] = 1 }
        return lanes
      })
  }

  private static func copy<T: BitwiseCopyable>(_ array: [T]) -> UnsafeMutablePointer<T> {
    let pointer = UnsafeMutablePointer<T>.allocate(capacity: max(1, array.count))
    pointer.initialize(from: array, count: array.count)
    return pointer
  }

  deinit {
    sums.deallocate()
    shapes.deallocate()
    scores.deallocate()
    pooled.deallocate()
    pooledRows.deallocate()
    coefficients.deallocate()
    bias.deallocate()
    mask.deallocate()
  }

  /// Appends what decoding needs of the lines of a text, blank rows left out.
  ///
  /// - Parameters:
  ///   - text: the lines.
  ///   - evidence: receives one line for each that is not blank.
  ///   - isBlank: receives, for each row, whether it is blank.
  /// - Complexity: O(bytes).
  package func score(_ text: LineText, to evidence: inout LineEvidence, isBlank: inout [Bool]) {
    var first = 0
    while first < text.rowCount {
      let start = text.start(ofRow: first)
      var end = first + 1
      let most = min(text.rowCount, first + Self.chunkLines)
      while end < most && text.start(ofRow: end + 1) - start <= Self.chunkSize { end += 1 }
      text.withRows(first..<end) { bytes, feeds, origin in
        find(bytes, feeds, origin)
        append(scanner.lineCount, &evidence, &isBlank)
      }
      first = end
    }
  }

  /// Scans lines and finds the rows of their features.
  private func find(_ bytes: UnsafePointer<UInt8>, _ feeds: UnsafeBufferPointer<UInt32>, _ origin: Int) {
    scanner.scan(bytes, feeds: feeds, origin: origin)
    patterns.read(scanner, bytes)
    sums.find(scanner, patterns)
  }

  /// The sums of a line's rows, by block.
  private struct LineSums {
    var words: RowSums
    var bigrams: RowSums
    var patterns: RowSums
    var shape: RowSums
  }

  /// What keeps a line out of the pool: it is in it already.
  private static let isDone = UInt32.max

  private func reserve(_ lines: Int) {
    guard lines > pooledCapacity else { return }
    pooled.deallocate()
    pooledRows.deallocate()
    pooledCapacity = 2 * lines
    pooled = .allocate(capacity: pooledCapacity)
    pooledRows = .allocate(capacity: pooledCapacity)
  }

  /// Appends the lines that were scanned last.
  private func append(_ count: Int, _ evidence: inout LineEvidence, _ isBlank: inout [Bool]) {
    reserve(count)
    let rows = isBlank.count
    isBlank.append(contentsOf: repeatElement(false, count: count))
    // Out of `self`, whose properties would be checked for exclusive access at every line.
    var sums = sums
    isBlank.withUnsafeMutableBufferPointer { isBlank in
      guard let isBlank = isBlank.baseAddress.map({ $0 + rows }) else { return }
      evidence.append(count) { append($0, $1, isBlank, count, &sums) }
    }
    self.sums = sums
  }

  @inline(__always)
  private func append(
    _ likelihoods: UnsafeMutablePointer<SIMD16<Float>>, _ forms: UnsafeMutablePointer<UInt8>,
    _ isBlank: UnsafeMutablePointer<Bool>, _ count: Int, _ sums: inout FeatureSums
  ) -> Int {
    let (groups, usesForms, lines, pooled, pooledRows) = (groups, usesForms, scanner.lines, pooled, pooledRows)
    var written = 0
    for index in 0..<count {
      let line = lines + index
      isBlank[index] = line.pointee.look.isBlank
      if isBlank[index] { continue }
      if sums.isShort(line.pointee.wordCount) {
        sums.beginLine()
        let (words, bigrams) = sums.sum(first: line.pointee.firstWord, count: line.pointee.wordCount)
        let patterns = sums.patternSum(first: line.pointee.firstTriple, count: line.pointee.tripleCount)
        let shape = shapes.sum(UnsafeRawPointer(line).assumingMemoryBound(to: LineLook.self), group: 0)
        (pooled + written).initialize(to: LineSums(words: words, bigrams: bigrams, patterns: patterns, shape: shape))
        pooledRows[written] = UInt32(
          truncatingIfNeeded: lengthClasses.index(of: line.pointee.wordCount) &* FeatureBlock.count)
      } else {
        appendLong(line, &sums, to: likelihoods + written &* groups)
        pooledRows[written] = Self.isDone
      }
      forms[written] = usesForms ? UInt8(truncatingIfNeeded: LineForm.of(line.pointee.look)) : 0
      written &+= 1
    }
    if groups == 1 {
      chaff_pool(
        UnsafeRawPointer(pooled).assumingMemoryBound(to: Int16.self), pooledRows, written,
        UnsafePointer(coefficients).lanes, UnsafePointer(bias).lanes, UnsafePointer(mask).lanes, likelihoods.lanes)
    }
    return written
  }

  /// Appends a line of many words, or of many labels.
  @inline(never)
  private func appendLong(
    _ line: UnsafePointer<ChunkScanner.Line>, _ sums: inout FeatureSums, to out: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    score(line, &sums, to: out)
    var largest = out[0].roughlyLargest
    for group in 1..<max(1, groups) { largest = Swift.max(largest, out[group].roughlyLargest) }
    for group in 0..<groups { out[group] = Reproducible.exp(out[group] - largest) * mask[group] }
  }

  /// The log-likelihoods of a line, in nats, up to a constant.
  private func score(
    _ line: UnsafePointer<ChunkScanner.Line>, _ sums: inout FeatureSums, to out: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    sums.beginLine()
    let (first, count) = (line.pointee.firstWord, line.pointee.wordCount)
    let (firstTriple, tripleCount) = (line.pointee.firstTriple, line.pointee.tripleCount)
    let row = coefficients + lengthClasses.index(of: count) &* FeatureBlock.count &* groups
    sums.keepDistinct(first: first, count: count)
    for group in 0..<groups {
      out[group] = score(sums.longSum(first: first, count: count, group: group), line, row, group: group)
    }
    if !sums.isShort(count) { keepInRange(out) }
    sums.keepDistinctTriples(first: firstTriple, count: tripleCount)
    for group in 0..<groups {
      let patterns = sums.longPatternSum(first: firstTriple, count: tripleCount, group: group)
      out[group] += patterns * row[FeatureBlock.patterns.rawValue &* groups &+ group]
    }
  }

  /// Moves the scores of a line so far up or down that the largest can be found (``SIMD16/roughlyLargest``).
  ///
  /// Only lines of very many words get so far, and only by weights that training does not come to: a line of 64 KiB has
  /// room for 21,000 words that a model knows.
  private func keepInRange(_ scores: UnsafeMutablePointer<SIMD16<Float>>) {
    var largest = -Float.infinity
    var farthest: Float = 0
    for label in 0..<model.labels.count {
      largest = max(largest, scores[label / 16][label % 16])
      farthest = max(farthest, abs(scores[label / 16][label % 16]))
    }
    // Padding has a score of −200,000.
    guard farthest > 90_000 else { return }
    for group in 0..<groups {
      scores[group] = (scores[group] - largest).clamped(
        lowerBound: SIMD16(repeating: -90_000), upperBound: SIMD16(repeating: 0))
    }
  }

  @inline(__always)
  private func score(
    _ sum: (words: SIMD16<Float>, bigrams: SIMD16<Float>), _ line: UnsafePointer<ChunkScanner.Line>,
    _ row: UnsafePointer<SIMD16<Float>>, group: Int
  ) -> SIMD16<Float> {
    let row = row + group
    var score = bias[group]
    score += sum.words * row[FeatureBlock.words.rawValue &* groups]
    score += sum.bigrams * row[FeatureBlock.bigrams.rawValue &* groups]
    score +=
      shapes.sum(UnsafeRawPointer(line).assumingMemoryBound(to: LineLook.self), group: group).numbers
      * row[FeatureBlock.shape.rawValue &* groups]
    return score
  }

  /// The log-likelihoods in nats of a line, one for each label.
  package func logLikelihoods(_ line: UnsafeBufferPointer<UInt8>) -> [Float] {
    let text = LineText()
    text.append(line)
    text.withRows(0..<1) { bytes, feeds, origin in
      find(bytes, feeds, origin)
      score(scanner.lines, &sums, to: scores)
    }
    return (0..<model.labels.count).map { scores[$0 / 16][$0 % 16] }
  }
}
