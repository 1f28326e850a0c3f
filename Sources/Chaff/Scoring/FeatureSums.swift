/// Looks the hashed features of lines up and sums their rows: the hot loop's memory.
///
/// Each step is a loop of its own over all features at hand, without a branch: whether a feature is known, and whether
/// it is new to its line, chooses between its row and a row of zeros. So the misses of the cache overlap, and nothing is
/// guessed wrongly.
///
/// Rows of bytes are summed in 16 bits, half the work of 32; before 258 rows could overflow them, the sums move on to
/// 32 bits.
struct FeatureSums {
  private let table: FeatureTable
  private let groups: Int
  private var wordCapacity = 0
  private var tripleCapacity = 0
  /// The hash of the bigram that ends with each word.
  private var bigrams: UnsafeMutablePointer<UInt64>
  /// The row of each word, and of the bigram that ends with it; on lines without bigrams the latter is none.
  private var wordRows: UnsafeMutablePointer<UInt32>
  private var bigramRows: UnsafeMutablePointer<UInt32>
  /// The row of each triple of a pattern.
  private var tripleRows: UnsafeMutablePointer<UInt32>
  /// Which line last counted a row, modulo 255: features count once a line.
  private let stamps: UnsafeMutablePointer<UInt8>
  private var stamp: UInt8 = 0

  /// 16 bits hold the sum of 258 rows.
  private static var narrowLimit: Int { 250 }

  init(table: FeatureTable, groups: Int) {
    self.table = table
    self.groups = groups
    bigrams = .allocate(capacity: 1)
    wordRows = .allocate(capacity: 1)
    bigramRows = .allocate(capacity: 1)
    tripleRows = .allocate(capacity: 1)
    stamps = .allocate(capacity: table.rowCount + 1)
    stamps.initialize(repeating: 0, count: table.rowCount + 1)
  }

  /// Finds the rows of all features.
  ///
  /// - Parameters:
  ///   - scanner: the words of lines, with a mark before and behind each line's.
  ///   - patterns: the triples of the same lines.
  mutating func find(_ scanner: ChunkScanner, _ patterns: ChunkPatterns) {
    reserve(words: scanner.wordEnd, triples: patterns.count)
    // Neighbours together; lines without bigrams, on which two words in five stand, by themselves.
    let lines = scanner.lines
    var (start, end, isPaired) = (1, 1, true)
    for index in 0..<scanner.lineCount {
      let (first, count) = (lines[index].firstWord, lines[index].wordCount)
      if first != end || isPaired != (count <= LineReader.longestPairedLine) {
        findRows(scanner.words, start..<end, isPaired)
        (start, isPaired) = (first, count <= LineReader.longestPairedLine)
      }
      // With the mark behind the line, which ends its last bigram.
      end = first &+ count &+ 1
    }
    findRows(scanner.words, start..<end, isPaired)
    table.findRanks(of: patterns.triples, count: patterns.count, to: tripleRows)
  }

  private mutating func reserve(words: Int, triples: Int) {
    if words > wordCapacity {
      bigrams.deallocate()
      wordRows.deallocate()
      bigramRows.deallocate()
      wordCapacity = words * 2
      bigrams = .allocate(capacity: wordCapacity)
      wordRows = .allocate(capacity: wordCapacity)
      bigramRows = .allocate(capacity: wordCapacity)
    }
    if triples > tripleCapacity {
      tripleRows.deallocate()
      tripleCapacity = triples * 2
      tripleRows = .allocate(capacity: tripleCapacity)
    }
  }

  private func findRows(_ words: UnsafePointer<UInt64>, _ range: Range<Int>, _ isPaired: Bool) {
    let (start, count) = (range.lowerBound, range.count)
    table.findRanks(of: words + start, count: count, to: wordRows + start)
    guard isPaired else { return }
    let bigrams = bigrams
    for index in range { bigrams[index] = FeatureHash.bigram(words[index &- 1], words[index]) }
    table.findRanks(of: bigrams + start, count: count, to: bigramRows + start)
  }

  func deallocate() {
    bigrams.deallocate()
    wordRows.deallocate()
    bigramRows.deallocate()
    tripleRows.deallocate()
    stamps.deallocate()
  }

  /// Begins a line: what was counted on others is new to it.
  @inline(__always)
  mutating func beginLine() {
    if stamp == 255 {
      stamps.update(repeating: 0, count: table.rowCount &+ 1)
      stamp = 0
    }
    stamp &+= 1
  }

  /// Whether a line's rows can be summed by ``sum(first:count:)``.
  @inline(__always)
  func isShort(_ count: Int) -> Bool { groups == 1 && count < Self.narrowLimit }

  /// Sums the rows of a short line's features, each once, in quantisation units.
  ///
  /// One loop for both blocks: how often a loop runs is guessed wrongly on most lines.
  /// - Parameters:
  ///   - first: the number of the line's first word.
  ///   - count: how many words it has.
  @inline(__always)
  func sum(first: Int, count: Int) -> (words: RowSums, bigrams: RowSums) {
    var (words, bigrams) = (RowSums(), RowSums())
    let wordRows = wordRows + first
    let bigramRows = bigramRows + first
    if count > LineReader.longestPairedLine {
      for index in 0..<count { words.add(table.narrowRow(distinct(wordRows[index]))) }
      return (words, bigrams)
    }
    for index in 0..<count {
      words.add(table.narrowRow(distinct(wordRows[index])))
      bigrams.add(table.narrowRow(distinct(bigramRows[index])))
    }
    // The bigram of the last word and the mark behind it.
    if count > 0 { bigrams.add(table.narrowRow(distinct(bigramRows[count]))) }
    return (words, bigrams)
  }

  /// The row of a feature, or the row of zeros if the line has had it.
  @inline(__always)
  private func distinct(_ row: UInt32) -> Int {
    // 1 if the line has had it. By arithmetic, since a choice would be compiled to a branch, and words that come again are
    // guessed wrongly.
    let difference = UInt32(truncatingIfNeeded: stamps[Int(row)] ^ stamp)
    let isOld = (difference &- 1) &>> 31
    stamps[Int(row)] = stamp
    return Int(row &+ (UInt32(truncatingIfNeeded: table.rowCount) &- row) & (0 &- isOld))
  }

  /// Puts the row of zeros in place of rows that a line has had.
  func keepDistinct(first: Int, count: Int) {
    for index in first..<first + count { wordRows[index] = UInt32(distinct(wordRows[index])) }
    for index in first..<first + bigramCount(count) { bigramRows[index] = UInt32(distinct(bigramRows[index])) }
  }

  /// The sums of any line after ``keepDistinct(first:count:)``.
  func longSum(first: Int, count: Int, group: Int) -> (words: SIMD16<Float>, bigrams: SIMD16<Float>) {
    (longSum(wordRows + first, count, group), longSum(bigramRows + first, bigramCount(count), group))
  }

  /// A line of words has one bigram more than words, if it is not too long for any.
  private func bigramCount(_ words: Int) -> Int {
    words > 0 && words <= LineReader.longestPairedLine ? words + 1 : 0
  }

  /// Sums the rows of a line's triples, each once; after its words.
  @inline(__always)
  func patternSum(first: Int, count: Int) -> RowSums {
    var sums = RowSums()
    for index in first..<first &+ count { sums.add(table.narrowRow(distinct(tripleRows[index]))) }
    return sums
  }

  /// Puts the row of zeros in place of rows of triples that a line has had.
  func keepDistinctTriples(first: Int, count: Int) {
    for index in first..<first + count { tripleRows[index] = UInt32(distinct(tripleRows[index])) }
  }

  /// The sum of a line's triples after ``keepDistinctTriples(first:count:)``. There are fewer than 258.
  func longPatternSum(first: Int, count: Int, group: Int) -> SIMD16<Float> { longSum(tripleRows + first, count, group) }

  private func longSum(_ rows: UnsafePointer<UInt32>, _ count: Int, _ group: Int) -> SIMD16<Float> {
    var wide = SIMD16<Int32>(repeating: 0)
    for start in stride(from: 0, to: count, by: Self.narrowLimit) {
      var sums = RowSums()
      for index in start..<min(start + Self.narrowLimit, count) { sums.add(table.row(Int(rows[index]), group: group)) }
      wide &+= sums.lanes
    }
    return SIMD16<Float>(wide)
  }
}
