/// Looks the hashed features of lines up and sums their rows: the hot loop's memory.
///
/// Each step is a loop of its own over all features at hand, without a branch: whether a feature is known, and whether
/// it is new to its line, chooses between its row and a row of zeros. So the misses of the cache overlap, and nothing is
/// guessed wrongly (measured: 8 ns a feature became 3).
///
/// Rows of bytes are summed in 16 bits, half the work of 32; before 258 rows could overflow them, the sums move on to
/// 32 bits.
struct FeatureSums {
  private let table: FeatureTable
  private let groups: Int
  private var capacity = 0
  /// The row of each word, and of the bigram that ends with it.
  private var wordRows: UnsafeMutablePointer<UInt32>
  private var bigramRows: UnsafeMutablePointer<UInt32>
  /// Which line last counted a row, modulo 255: features count once a line.
  private let stamps: UnsafeMutablePointer<UInt8>
  private var stamp: UInt8 = 0

  /// A word on its way to its rows.
  private struct Step {
    var bigram: UInt64
    var wordSlot: Int
    var bigramSlot: Int
  }

  private let step: UnsafeMutablePointer<Step>
  /// Words whose slots are fetched at once.
  private static var stepSize: Int { 64 }
  /// 16 bits hold the sum of 258 rows.
  private static var narrowLimit: Int { 250 }

  init(table: FeatureTable, groups: Int) {
    self.table = table
    self.groups = groups
    wordRows = .allocate(capacity: 1)
    bigramRows = .allocate(capacity: 1)
    step = .allocate(capacity: Self.stepSize)
    stamps = .allocate(capacity: table.rowCount + 1)
    stamps.initialize(repeating: 0, count: table.rowCount + 1)
  }

  func deallocate() {
    deallocateRows()
    step.deallocate()
    stamps.deallocate()
  }

  /// Finds the rows of all features.
  ///
  /// - Parameters:
  ///   - words: the hashes of words, line by line, with a mark before and behind each line's.
  ///   - count: how many, marks included.
  mutating func find(_ words: UnsafePointer<UInt64>, count: Int) {
    if count > capacity {
      deallocateRows()
      capacity = count * 2
      wordRows = .allocate(capacity: capacity)
      bigramRows = .allocate(capacity: capacity)
    }
    // Some at a time, slots first and then rows: what the first loop asks for has come when the second wants it.
    for start in stride(from: 1, to: count, by: Self.stepSize) {
      findRows(words, start..<min(start + Self.stepSize, count))
    }
  }

  private func findRows(_ words: UnsafePointer<UInt64>, _ range: Range<Int>) {
    let (table, step) = (table, step)
    for index in range {
      let bigram = FeatureHash.bigram(words[index &- 1], words[index])
      let place = step + (index &- range.lowerBound)
      place.pointee = Step(bigram: bigram, wordSlot: table.slot(of: words[index]), bigramSlot: table.slot(of: bigram))
    }
    let (wordRows, bigramRows) = (wordRows, bigramRows)
    for index in range {
      let place = step + (index &- range.lowerBound)
      wordRows[index] = table.rank(of: words[index], inSlot: place.pointee.wordSlot)
      bigramRows[index] = table.rank(of: place.pointee.bigram, inSlot: place.pointee.bigramSlot)
    }
  }

  private func deallocateRows() {
    wordRows.deallocate()
    bigramRows.deallocate()
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
  func sum(first: Int, count: Int) -> (words: SIMD16<Float>, bigrams: SIMD16<Float>) {
    var (words, bigrams) = (RowSums(), RowSums())
    let wordRows = wordRows + first
    let bigramRows = bigramRows + first
    if count > LineReader.longestPairedLine {
      for index in 0..<count { words.add(table.row(distinct(wordRows[index]), group: 0)) }
      return (words.numbers, bigrams.numbers)
    }
    for index in 0..<count {
      words.add(table.row(distinct(wordRows[index]), group: 0))
      bigrams.add(table.row(distinct(bigramRows[index]), group: 0))
    }
    // The bigram of the last word and the mark behind it.
    if count > 0 { bigrams.add(table.row(distinct(bigramRows[count]), group: 0)) }
    return (words.numbers, bigrams.numbers)
  }

  /// The row of a feature, or the row of zeros if the line has had it.
  @inline(__always)
  private func distinct(_ row: UInt32) -> Int {
    let isNew = stamps[Int(row)] != stamp
    stamps[Int(row)] = stamp
    return isNew ? Int(row) : table.rowCount
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

  /// Finds the rows of further features of the line, with the row of zeros for those that it has had.
  func findDistinct(_ hashes: [UInt64], rows: inout [UInt32]) {
    rows.removeAll(keepingCapacity: true)
    for hash in hashes { rows.append(UInt32(truncatingIfNeeded: table.slot(of: hash))) }
    for index in rows.indices {
      rows[index] = UInt32(distinct(table.rank(of: hashes[index], inSlot: Int(rows[index]))))
    }
  }

  /// The sum of fewer than 258 rows.
  func sum(_ rows: [UInt32], group: Int) -> SIMD16<Float> {
    var sums = RowSums()
    for row in rows { sums.add(table.row(Int(row), group: group)) }
    return sums.numbers
  }

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
