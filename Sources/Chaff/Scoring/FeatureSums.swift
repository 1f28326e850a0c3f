import CLanes

/// Looks the features of lines up and sums their rows: the hot loop's memory.
///
/// Each step is a loop of its own over all features at hand, without a branch: whether a feature is known, whether it is
/// new to its line, and where a line ends chooses between its row and a row of zeros, and where a sum is written. So the
/// misses of the cache overlap, and nothing is guessed wrongly. A sum runs on from line to line, in 16 bits and modulo
/// 2¹⁶: a line's own is the difference of two, and right if the line has fewer than 258 rows of bytes.
struct FeatureSums {
  private let table: FeatureTable
  private let groups: Int
  private var wordCapacity = 0
  private var lineCapacity = 0
  /// The hashes of the bigrams of lines that have any, a list for each line, and their flags.
  private var bigrams: UnsafeMutablePointer<UInt64>
  private var flags: UnsafeMutablePointer<UInt8>
  /// For each line, the number of its list of bigrams; 0 for none.
  private(set) var bigramLists: UnsafeMutablePointer<UInt32>
  /// The sums of lists so far, in the order of a row's bytes; the first is 0, and so are the lists of no bigrams and of no
  /// triples, which come first.
  private(set) var wordSums: UnsafeMutablePointer<SIMD16<Int16>>
  private(set) var bigramSums: UnsafeMutablePointer<SIMD16<Int16>>
  private(set) var tripleSums: UnsafeMutablePointer<SIMD16<Int16>>
  /// Which line last counted a row: features count once a line, in each block.
  private let stamps: UnsafeMutablePointer<UInt16>
  private var stamp: UInt16 = 0

  /// 16 bits hold the sum of 258 rows.
  private static var narrowLimit: Int { 250 }

  init(table: FeatureTable, groups: Int) {
    self.table = table
    self.groups = groups
    bigrams = .allocate(capacity: 1)
    flags = .allocate(capacity: 1)
    bigramLists = .allocate(capacity: 1)
    wordSums = .allocate(capacity: 1)
    bigramSums = .allocate(capacity: 1)
    tripleSums = .allocate(capacity: 1)
    stamps = .zeros(table.rowCount + 1)
  }

  func deallocate() {
    bigrams.deallocate()
    flags.deallocate()
    deallocateSums()
    chaff_free(stamps)
  }

  private func deallocateSums() {
    bigramLists.deallocate()
    wordSums.deallocate()
    bigramSums.deallocate()
    tripleSums.deallocate()
  }

  private mutating func reserve(_ scanner: ChunkScanner) {
    if scanner.wordEnd > wordCapacity {
      bigrams.deallocate()
      flags.deallocate()
      wordCapacity = scanner.wordEnd * 2
      bigrams = .allocate(capacity: wordCapacity + Self.slack)
      flags = .allocate(capacity: wordCapacity)
    }
    if scanner.listCount > lineCapacity {
      deallocateSums()
      lineCapacity = scanner.listCount * 2
      bigramLists = .allocate(capacity: lineCapacity)
      // One before the first, one that is written in vain behind the last, and the list of none.
      wordSums = .allocate(capacity: lineCapacity + 2)
      bigramSums = .allocate(capacity: lineCapacity + 3)
      tripleSums = .allocate(capacity: lineCapacity + 3)
    }
  }

  // MARK: All lines at once

  /// A flag of what ends a list and is no feature itself, and of a feature that ends one.
  static let listEnd: UInt8 = 3
  private static let lastFeature: UInt8 = 1
  /// How many hashes more are read than there are.
  static let slack = 16

  /// Finds the rows of all features, and sums them.
  ///
  /// - Parameters:
  ///   - scanner: the words of lines, with a mark before and behind each line's.
  ///   - patterns: the triples of the same lines.
  mutating func find(_ scanner: ChunkScanner, _ patterns: ChunkPatterns) {
    // With more labels a row is longer.
    guard groups == 1, scanner.lineCount > 0 else { return }
    reserve(scanner)
    wordSums[0] = SIMD16(repeating: 0)
    bigramSums.update(repeating: SIMD16(repeating: 0), count: 2)
    tripleSums.update(repeating: SIMD16(repeating: 0), count: 2)
    sum(scanner.words + 1, scanner.flags + 1, scanner.wordEnd - 1, lists: scanner.listCount, to: wordSums)
    let (count, lists) = hashBigrams(scanner)
    sum(bigrams, flags, count, lists: lists, to: bigramSums + 1)
    sum(patterns.triples, patterns.flags, patterns.count, lists: patterns.listCount, to: tripleSums + 1)
  }

  /// Hashes the bigrams of lines that have any.
  /// - Returns: how many there are, and in how many lists.
  private func hashBigrams(_ scanner: ChunkScanner) -> (count: Int, lists: Int) {
    let (lines, words, bigrams, flags, bigramLists) = (scanner.lines, scanner.words, bigrams, flags, bigramLists)
    flags.update(repeating: 0, count: scanner.wordEnd)
    var (hashed, lists) = (0, 0)
    // Of lines that follow each other at once.
    var (start, end) = (1, 1)
    for index in 0..<scanner.lineCount {
      let (first, count) = (lines.firstWord(index), lines.wordCount(index))
      bigramLists[index] = 0
      guard count <= LineReader.longestPairedLine else { continue }
      if first != end {
        chaff_hash_bigrams(words + (start &- 1), end &- start, bigrams + hashed)
        hashed &+= end &- start
        start = first
      }
      // With the mark behind the line, which ends its last bigram; two marks are none.
      end = first &+ count &+ 1
      flags[hashed &+ (end &- start) &- 1] = count == 0 ? Self.listEnd : Self.lastFeature
      lists &+= 1
      bigramLists[index] = UInt32(truncatingIfNeeded: lists)
    }
    chaff_hash_bigrams(words + (start &- 1), end &- start, bigrams + hashed)
    return (hashed &+ (end &- start), lists)
  }

  /// Sums the rows of lists of features.
  /// - Parameter sums: the sum so far, behind which those of the lists go.
  private mutating func sum(
    _ hashes: UnsafePointer<UInt64>, _ flags: UnsafePointer<UInt8>, _ count: Int, lists: Int,
    to sums: UnsafeMutablePointer<SIMD16<Int16>>
  ) {
    table.sumRows(
      of: hashes, flags: flags, count: count, stamps: stamps, stamp: takeStamps(lists),
      to: UnsafeMutableRawPointer(sums).assumingMemoryBound(to: Int16.self))
  }

  /// As many stamps as there are lists, in a row, none of which is in use: the first.
  private mutating func takeStamps(_ count: Int) -> UInt16 {
    if Int(stamp) + count > Int(UInt16.max) {
      stamps.update(repeating: 0, count: table.rowCount + 1)
      stamp = 0
    }
    defer { stamp += UInt16(truncatingIfNeeded: count) }
    return stamp + 1
  }

  // MARK: A line of many words, or of many labels

  /// A line of so many words has no sum in ``wordSums`` and ``bigramSums``.
  var shortLimit: Int { groups == 1 ? Self.narrowLimit : 0 }

  /// The sums of features' rows, each once: `groups` vectors.
  mutating func longSum(_ hashes: UnsafeBufferPointer<UInt64>) -> [SIMD16<Float>] {
    guard let base = hashes.baseAddress, !hashes.isEmpty else {
      return Array(repeating: SIMD16(repeating: 0), count: groups)
    }
    let stamp = takeStamps(1)
    let rows = [UInt32](unsafeUninitializedCapacity: hashes.count) { rows, count in
      count = hashes.count
      guard let rows = rows.baseAddress else { return }
      table.findRanks(of: base, count: count, to: rows)
      for index in 0..<count {
        let row = Int(rows[index])
        if stamps[row] == stamp { rows[index] = UInt32(truncatingIfNeeded: table.rowCount) }
        stamps[row] = stamp
      }
    }
    return (0..<groups).map { longSum(rows, group: $0) }
  }

  private func longSum(_ rows: [UInt32], group: Int) -> SIMD16<Float> {
    var wide = SIMD16<Int32>(repeating: 0)
    for start in stride(from: 0, to: rows.count, by: Self.narrowLimit) {
      var sums = RowSums()
      for row in rows[start..<min(start + Self.narrowLimit, rows.count)] { sums.add(table.row(Int(row), group: group)) }
      wide &+= sums.lanes
    }
    return SIMD16<Float>(wide)
  }
}
