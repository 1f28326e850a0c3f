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
  private var patterns = PatternSums()
  private let shapes: ShapeSums
  private let lengthClasses = LengthClass.words
  private let groups: Int
  private let usesForms: Bool
  private let scores: UnsafeMutablePointer<SIMD16<Float>>
  // Copies of the model's arrays, reached without reference counting.
  /// `length classes × blocks × label groups`.
  private let coefficients: UnsafeMutablePointer<SIMD16<Float>>
  private let bias: UnsafeMutablePointer<SIMD16<Float>>
  /// 1 in the lanes of labels, 0 in padding, whose bias keeps it from being the largest.
  private let mask: UnsafeMutablePointer<SIMD16<Float>>

  /// How many bytes of lines are worked on at once, about: what is worked out of them stays in the fastest cache
  /// (measured: 8 kB are 3 % faster than 2 kB, 5 % than 64 kB).
  private static let chunkSize = 8192

  package init(model: Model) {
    self.model = model
    groups = model.labelGroups
    usesForms = model.parameters.usesForms
    sums = FeatureSums(table: model.table, groups: model.labelGroups)
    shapes = ShapeSums(model: model)
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
      while end < text.rowCount && text.start(ofRow: end + 1) - start <= Self.chunkSize { end += 1 }
      text.withRows(first..<end) { bytes, feeds, origin in
        scanner.scan(bytes, feeds: feeds, origin: origin)
        sums.find(scanner.words, count: scanner.wordEnd)
        append(scanner.lineCount, of: bytes, &evidence, &isBlank)
      }
      first = end
    }
  }

  /// Appends the lines that were scanned last.
  private func append(
    _ count: Int, of bytes: UnsafePointer<UInt8>, _ evidence: inout LineEvidence, _ isBlank: inout [Bool]
  ) {
    let rows = isBlank.count
    isBlank.append(contentsOf: repeatElement(false, count: count))
    // Out of `self`, whose properties would be checked for exclusive access at every line.
    var sums = sums
    var patterns = PatternSums()
    swap(&patterns, &self.patterns)
    isBlank.withUnsafeMutableBufferPointer { isBlank in
      guard let isBlank = isBlank.baseAddress.map({ $0 + rows }) else { return }
      evidence.append(count) { append($0, $1, isBlank, count, bytes, &sums, &patterns) }
    }
    self.sums = sums
    swap(&patterns, &self.patterns)
  }

  @inline(__always)
  private func append(
    _ likelihoods: UnsafeMutablePointer<SIMD16<Float>>, _ forms: UnsafeMutablePointer<UInt8>,
    _ isBlank: UnsafeMutablePointer<Bool>, _ count: Int, _ bytes: UnsafePointer<UInt8>, _ sums: inout FeatureSums,
    _ patterns: inout PatternSums
  ) -> Int {
    let (groups, scores, mask, usesForms, lines) = (groups, scores, mask, usesForms, scanner.lines)
    var written = 0
    for index in 0..<count {
      let line = lines + index
      isBlank[index] = line.pointee.look.isBlank
      if isBlank[index] { continue }
      score(line, of: bytes, &sums, &patterns)
      let out = likelihoods + written &* groups
      var largest = scores[0].roughlyLargest
      for group in 1..<max(1, groups) { largest = Swift.max(largest, scores[group].roughlyLargest) }
      for group in 0..<groups { out[group] = Reproducible.exp(scores[group] - largest) * mask[group] }
      forms[written] = usesForms ? UInt8(truncatingIfNeeded: LineForm.of(line.pointee.look)) : 0
      written &+= 1
    }
    return written
  }

  /// The log-likelihoods of a line, in nats, up to a constant.
  @inline(__always)
  private func score(
    _ line: UnsafePointer<ChunkScanner.Line>, of bytes: UnsafePointer<UInt8>, _ sums: inout FeatureSums,
    _ patterns: inout PatternSums
  ) {
    sums.beginLine()
    let (first, count) = (line.pointee.firstWord, line.pointee.wordCount)
    let row = coefficients + lengthClasses.index(of: count) &* FeatureBlock.count &* groups
    if sums.isShort(count) {
      scores[0] = score(sums.sum(first: first, count: count), line, row, group: 0)
    } else {
      sums.keepDistinct(first: first, count: count)
      for group in 0..<groups {
        scores[group] = score(sums.longSum(first: first, count: count, group: group), line, row, group: group)
      }
      keepInRange()
    }
    guard count <= LinePattern.longestLine else { return }
    patterns.read(UnsafeBufferPointer(start: bytes + line.pointee.start, count: line.pointee.look.byteCount), &sums)
    let patternRow = row + FeatureBlock.patterns.rawValue &* groups
    for group in 0..<groups { scores[group] += patterns.sum(sums, group: group) * patternRow[group] }
  }

  /// Moves the scores of a line so far up or down that the largest can be found (``SIMD16/roughlyLargest``).
  ///
  /// Only lines of very many words get so far, and only by weights that training does not come to: a line of 64 KiB has
  /// room for 21,000 words that a model knows.
  private func keepInRange() {
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
      scanner.scan(bytes, feeds: feeds, origin: origin)
      sums.find(scanner.words, count: scanner.wordEnd)
      score(scanner.lines, of: bytes, &sums, &patterns)
    }
    return (0..<model.labels.count).map { scores[$0 / 16][$0 % 16] }
  }
}
