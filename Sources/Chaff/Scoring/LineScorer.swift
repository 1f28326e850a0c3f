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
  private let rows = ChunkRows()
  private let memory: LineMemory
  private let groups: Int
  private let usesForms: Bool
  private let scores: UnsafeMutablePointer<SIMD16<Float>>
  /// Where the coefficients of new lines begin.
  private let newRows: UnsafeMutablePointer<UInt32>
  // Copies of the model's arrays, reached without reference counting.
  /// `length classes × blocks × label groups`.
  private let coefficients: UnsafeMutablePointer<SIMD16<Float>>
  private let bias: UnsafeMutablePointer<SIMD16<Float>>
  /// 1 in the lanes of labels, 0 in padding, whose bias keeps it from being the largest.
  private let mask: UnsafeMutablePointer<SIMD16<Float>>
  /// The same in the order of a row's bytes.
  private let rowCoefficients: UnsafeMutablePointer<SIMD16<Float>>
  private let rowBias: UnsafeMutablePointer<SIMD16<Float>>

  package init(model: Model) {
    self.model = model
    groups = model.labelGroups
    usesForms = model.parameters.usesForms
    sums = FeatureSums(table: model.table, groups: model.labelGroups)
    memory = LineMemory(groups: model.labelGroups)
    newRows = .allocate(capacity: LineMemory.newCount)
    scores = .allocate(capacity: groups)
    scores.initialize(repeating: SIMD16(repeating: 0), count: groups)
    coefficients = Self.copy(model.coefficients)
    bias = Self.copy(model.bias)
    rowCoefficients = Self.copy(model.coefficients.map(RowSums.ordered))
    rowBias = Self.copy(model.bias.map(RowSums.ordered))
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
    scores.deallocate()
    newRows.deallocate()
    coefficients.deallocate()
    bias.deallocate()
    mask.deallocate()
    rowCoefficients.deallocate()
    rowBias.deallocate()
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
      first = rows.read(text, from: first, memory)
      find(rows.bytes, rows.feeds)
      scoreNew()
      append(&evidence, &isBlank)
      // Not before all rows of the chunk are appended, some of which may be remembered at the same places.
      memory.remember(rows.shortRows)
    }
  }

  /// Scans lines and finds the rows of their features.
  private func find(_ bytes: UnsafePointer<UInt8>, _ feeds: UnsafeBufferPointer<UInt32>) {
    scanner.scan(bytes, feeds: feeds)
    patterns.read(scanner, bytes)
    // Out of `self`, which would be checked for exclusive access.
    var found = sums
    found.find(scanner, patterns)
    sums = found
  }

  /// What keeps a line out of the pool: it is in it already.
  private static let isDone = UInt32.max

  /// Scores the lines that were scanned last.
  private func scoreNew() {
    let (lines, found, newRows) = (scanner.lines, sums, newRows)
    let likelihoods = memory.likelihoods + LineMemory.place(ofNew: 0) * groups
    var classes = chaff_line_classes(
      lengths: LengthClass.ranges, class_size: Int32(FeatureBlock.count), form_mask: usesForms ? -1 : 0,
      blank: Int32(LineMemory.blank), long_line: Int32(found.shortLimit))
    var hasLong: UInt8 = 0
    var columns = lines.columns
    chaff_read_forms(
      &columns, scanner.lineCount, &classes, memory.forms + LineMemory.place(ofNew: 0), newRows, &hasLong)
    if hasLong != 0 {
      for line in 0..<scanner.lineCount where newRows[line] == Self.isDone {
        scoreLong(line, to: likelihoods + line &* groups)
      }
    }
    guard groups == 1 else { return }
    func lanes(_ sums: UnsafeMutablePointer<SIMD16<Int16>>) -> UnsafePointer<Int16> {
      UnsafePointer(UnsafeMutableRawPointer(sums).assumingMemoryBound(to: Int16.self))
    }
    var pooled = chaff_sums(
      words: lanes(found.wordSums), bigrams: lanes(found.bigramSums), triples: lanes(found.tripleSums),
      word_lists: scanner.wordLists, bigram_lists: found.bigramLists,
      triple_lists: patterns.lists)
    chaff_pool(
      &pooled, newRows, scanner.lineCount, rowCoefficients.lanes, rowBias.lanes, mask.lanes, likelihoods.lanes)
  }

  /// Appends the rows of a chunk: what is remembered, and what was scored.
  private func append(_ evidence: inout LineEvidence, _ isBlank: inout [Bool]) {
    var known = chaff_known_lines(
      forms: memory.forms, likelihoods: UnsafePointer(memory.likelihoods.lanes), groups: groups,
      blank: LineMemory.blank)
    let (places, count, first) = (rows.places, rows.count, isBlank.count)
    isBlank.append(contentsOf: repeatElement(false, count: count))
    isBlank.withUnsafeMutableBytes { isBlank in
      let isBlank = isBlank.bindMemory(to: UInt8.self).baseAddress.map { $0 + first }
      evidence.append(count) { likelihoods, forms in
        var lines = 0
        chaff_take_rows(&known, places, count, isBlank, forms, likelihoods.lanes, &lines)
        return lines
      }
    }
  }

  /// Scores a line of many words, or of many labels.
  @inline(never)
  private func scoreLong(_ line: Int, to out: UnsafeMutablePointer<SIMD16<Float>>) {
    score(line, to: out)
    var largest = out[0].roughlyLargest
    for group in 1..<max(1, groups) { largest = Swift.max(largest, out[group].roughlyLargest) }
    for group in 0..<groups { out[group] = Reproducible.exp(out[group] - largest) * mask[group] }
  }

  /// The log-likelihoods of a line, in nats, up to a constant.
  private func score(_ line: Int, to out: UnsafeMutablePointer<SIMD16<Float>>) {
    let count = scanner.lines.wordCount(line)
    // A line of words has one bigram more than words, if it is not too long for any.
    let pairs = count > 0 && count <= LineReader.longestPairedLine ? count + 1 : 0
    let hashes = scanner.words + scanner.lines.firstWord(line)
    let bigrams = (0..<pairs).map { FeatureHash.bigram(hashes[$0 - 1], hashes[$0]) }
    let words = sums.longSum(UnsafeBufferPointer(start: hashes, count: count))
    let paired = bigrams.withUnsafeBufferPointer { sums.longSum($0) }
    let patterned = sums.longSum(patterns.triples(ofLine: line))
    let row = coefficients + LengthClass.of(words: count) &* FeatureBlock.count &* groups
    for group in 0..<groups {
      out[group] = bias[group]
      out[group] += words[group] * row[FeatureBlock.words.rawValue &* groups &+ group]
      out[group] += paired[group] * row[FeatureBlock.bigrams.rawValue &* groups &+ group]
    }
    if count >= sums.shortLimit { keepInRange(out) }
    for group in 0..<groups {
      out[group] += patterned[group] * row[FeatureBlock.patterns.rawValue &* groups &+ group]
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

  /// The log-likelihoods in nats of a line, one for each label.
  package func logLikelihoods(_ line: UnsafeBufferPointer<UInt8>) -> [Float] {
    let text = LineText()
    text.append(line)
    text.withRows(0..<1) { bytes, feeds, _ in
      find(bytes, feeds)
      score(0, to: scores)
    }
    return (0..<model.labels.count).map { scores[$0 / 16][$0 % 16] }
  }
}
