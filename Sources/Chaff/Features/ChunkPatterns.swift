import CLanes

/// The patterns of the short lines that a ``ChunkScanner`` has scanned, hashed.
///
/// It finds what ``LinePattern`` finds, from what is known of the lines by then: where words begin and marks stand, as bit
/// masks; how words are written; and their hashes, by which common words are looked up. Joined words ("HomeNews"), which are
/// one in a pattern, are put together first. The tokens of all lines are read in one go. Lines with letters beyond ASCII, or
/// with more tokens than a pattern has, are left to ``LinePattern``: one short line in a hundred.
///
/// Not `Sendable`: it owns scratch memory. Make one a thread.
final class ChunkPatterns {
  /// The hashes of triples of tokens, a list for each line that has a pattern. Each ends with one that is none.
  private(set) var triples: UnsafeMutablePointer<UInt64> = .allocate(capacity: 1)
  /// How many of `triples` are in use.
  private(set) var count = 0
  /// For each of `triples`, ``FeatureSums/listEnd`` if it is the last of its list, else 0.
  private(set) var flags: UnsafeMutablePointer<UInt8> = .allocate(capacity: 1)
  /// How many lists there are.
  private(set) var listCount = 0
  /// For each line, the number of its list; 0 for none.
  private(set) var lists: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)
  /// Where lists begin, the first of which has the number 1; and behind the last, where the next would.
  private var listStarts: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)

  private var capacity = 0
  private var lineCapacity = 0
  private let names = TokenNames.english
  private var byBytes = LinePattern(isNaming: false)
  /// For each block, a bit where lines begin whose tokens are read in one go, and one behind each; and their tokens.
  private var borders: UnsafeMutablePointer<UInt64> = .allocate(capacity: 1)
  private var picked: UnsafeMutablePointer<UInt64> = .allocate(capacity: 1)
  /// Where these tokens stand, and their hashes, those of words by themselves too; which are line feeds, and which are
  /// marks beyond ASCII.
  private var places: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)
  private var tokens: UnsafeMutablePointer<UInt64> = .allocate(capacity: 1)
  private var named: UnsafeMutablePointer<UInt64> = .allocate(capacity: 1)
  private var separators: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)
  private var wides: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)
  /// The numbers of these lines, of their first words, and of the marks behind their words.
  private var pickedLines: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)
  private var firstWords: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)
  private var marks: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)
  /// The numbers of other lines with a pattern.
  private var otherLines: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)

  deinit {
    deallocate()
    deallocateLines()
  }

  private func deallocate() {
    triples.deallocate()
    flags.deallocate()
    borders.deallocate()
    picked.deallocate()
    places.deallocate()
    tokens.deallocate()
    named.deallocate()
    separators.deallocate()
    wides.deallocate()
  }

  private func deallocateLines() {
    lists.deallocate()
    listStarts.deallocate()
    pickedLines.deallocate()
    firstWords.deallocate()
    marks.deallocate()
    otherLines.deallocate()
  }

  /// Makes room: a byte begins one triple at most, and a line has two more.
  private func reserve(_ scanner: ChunkScanner) {
    let most = scanner.byteCount + 2 * scanner.lineCount + FeatureSums.slack
    if most > capacity {
      deallocate()
      capacity = 2 * most
      triples = .allocate(capacity: capacity)
      flags = .allocate(capacity: capacity)
      borders = .allocate(capacity: capacity / 64 + 2)
      picked = .allocate(capacity: capacity / 64 + 2)
      places = .allocate(capacity: capacity)
      tokens = .allocate(capacity: capacity)
      named = .allocate(capacity: capacity)
      separators = .allocate(capacity: capacity)
      wides = .allocate(capacity: capacity)
    }
    if scanner.lineCount > lineCapacity {
      deallocateLines()
      lineCapacity = 2 * scanner.lineCount
      lists = .allocate(capacity: lineCapacity)
      listStarts = .allocate(capacity: lineCapacity + 2)
      pickedLines = .allocate(capacity: lineCapacity)
      firstWords = .allocate(capacity: lineCapacity)
      marks = .allocate(capacity: lineCapacity)
      otherLines = .allocate(capacity: lineCapacity)
    }
  }

  /// The triples of a line.
  func triples(ofLine line: Int) -> UnsafeBufferPointer<UInt64> {
    let list = Int(lists[line])
    guard list > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
    // Without the one that ends the list.
    return UnsafeBufferPointer(
      start: triples + Int(listStarts[list]), count: Int(listStarts[list + 1] - listStarts[list]) - 1)
  }

  /// Reads the patterns of all lines.
  /// - Parameter text: what the scanner has scanned.
  /// - Complexity: O(bytes).
  func read(_ scanner: ChunkScanner, _ text: UnsafePointer<UInt8>) {
    reserve(scanner)
    let (pickedCount, otherCount) = pickLines(scanner, text)
    (count, listCount) = (0, 0)
    listStarts[1] = 0
    if pickedCount > 0 { readPicked(scanner, text, pickedCount) }
    for index in 0..<otherCount { readByBytes(scanner.lines, Int(otherLines[index]), text) }
  }

  /// Sorts out which lines are read in which way.
  private func pickLines(_ scanner: ChunkScanner, _ text: UnsafePointer<UInt8>) -> (picked: Int, other: Int) {
    let (lines, lineCount, byteCount, borders, lists) = (
      scanner.lines, scanner.lineCount, scanner.byteCount, borders, lists
    )
    let (pickedLines, firstWords, marks, otherLines) = (pickedLines, firstWords, marks, otherLines)
    borders.update(repeating: 0, count: scanner.blockCount + 1)
    var (picked, other) = (0, 0)
    var (start, wordEnd) = (0, scanner.wordEnd)
    for line in 0..<lineCount {
      let end = line &+ 1 < lineCount ? lines[CHAFF_START, line &+ 1] : byteCount
      let wordCount = lines[CHAFF_WORDS, line]
      var (firstWord, wordsEnd) = (lines[CHAFF_FIRST_WORD, line], lines[CHAFF_FIRST_WORD, line] &+ wordCount)
      let hasPattern = wordCount <= LinePattern.longestLine && !lines.isBlank(line)
      var isPicked = lines.isRegular(line)
      if end &- start >= LinePattern.tokenLimit {
        isPicked = isPicked && hasPattern && isReadable(start..<end, scanner)
      }
      if lines[CHAFF_JOINS, line] != 0 && hasPattern && isPicked {
        firstWord = scanner.putTogether(line, text, end: &wordEnd)
        wordsEnd = wordEnd
        wordEnd += 1
      }
      lists[line] = 0
      pickedLines[picked] = UInt32(truncatingIfNeeded: line)
      firstWords[picked] = UInt32(truncatingIfNeeded: firstWord)
      marks[picked] = UInt32(truncatingIfNeeded: wordsEnd)
      otherLines[other] = UInt32(truncatingIfNeeded: line)
      // Lines with and without a pattern follow each other as they like: a bit that is 0 changes nothing.
      let bit: UInt64 = hasPattern && isPicked ? 1 : 0
      borders[start &>> 6] ^= bit &<< UInt64(truncatingIfNeeded: start & 63)
      borders[end &>> 6] ^= bit &<< UInt64(truncatingIfNeeded: end & 63)
      picked &+= Int(truncatingIfNeeded: bit)
      other &+= hasPattern && !isPicked ? 1 : 0
      start = end
    }
    return (picked, other)
  }

  /// Whether a line has few enough tokens.
  @inline(never)
  private func isReadable(_ line: Range<Int>, _ scanner: ChunkScanner) -> Bool {
    let (start, end) = (line.lowerBound, line.upperBound)
    var count = 0
    for block in start >> 6...end >> 6 where block < scanner.blockCount {
      var tokens = scanner.tokens[block]
      if block == start >> 6 { tokens &= ~0 << UInt64(start & 63) }
      if block == end >> 6 { tokens &= ~(~0 << UInt64(end & 63)) }
      count += tokens.nonzeroBitCount
    }
    // The line feed is one, and stands for the end.
    return count < LinePattern.tokenLimit
  }

  /// Reads the lines that were picked.
  private func readPicked(_ scanner: ChunkScanner, _ text: UnsafePointer<UInt8>, _ lineCount: Int) {
    let (places, tokens, wides) = (places, tokens, wides)
    var count = 0
    chaff_pick_lines(borders, scanner.tokens, scanner.blockCount, picked)
    chaff_list_bits(picked, scanner.blockCount, places, &count)
    var found = chaff_tokens(tokens: tokens, separators: separators, wides: wides, wide_count: 0)
    var source = chaff_token_text(
      bytes: text, words: scanner.words, looks: scanner.looks)
    var lines = chaff_lines(first_words: firstWords, marks: marks, count: lineCount)
    withUnsafePointer(to: names.tables) { [count, named] in
      chaff_read_tokens(&source, $0, &lines, places, count, named, &found)
    }
    for index in 0..<found.wide_count {
      let token = Int(wides[index])
      tokens[token] = Self.wideMark(text, at: Int(places[token]), end: scanner.byteCount)
    }
    chaff_hash_triples(tokens, count, PatternToken.start.hash, separators, lineCount, triples)
    flags.update(repeating: 0, count: count)
    (self.count, listCount) = (count, lineCount)
    endLists()
  }

  /// Notes which lists are whose, and where they end.
  private func endLists() {
    let (flags, separators, pickedLines, lists, listStarts) = (flags, separators, pickedLines, lists, listStarts)
    for list in 1...listCount {
      let end = Int(separators[list &- 1])
      lists[Int(pickedLines[list &- 1])] = UInt32(truncatingIfNeeded: list)
      listStarts[list &+ 1] = UInt32(truncatingIfNeeded: end &+ 1)
      flags[end] = FeatureSums.listEnd
    }
  }

  /// A mark beyond ASCII, or a byte of no scalar.
  private static func wideMark(_ text: UnsafePointer<UInt8>, at index: Int, end: Int) -> UInt64 {
    let (scalar, length) = UTF8Decoding.scalar(text, at: index, end: end)
    if scalar == nil { return PatternToken.invalid.hash }
    return WordHasher.hash(of: UnsafeBufferPointer(start: text + index, count: length))
  }

  private func readByBytes(_ lines: LineColumns, _ line: Int, _ text: UnsafePointer<UInt8>) {
    byBytes.read(UnsafeBufferPointer(start: text + lines[CHAFF_START, line], count: lines[CHAFF_BYTES, line]))
    let (triples, flags) = (triples, flags)
    var count = count
    byBytes.forEach { _, hash in
      triples[count] = hash
      flags[count] = 0
      count += 1
    }
    triples[count] = 0
    flags[count] = FeatureSums.listEnd
    count += 1
    listCount += 1
    lists[line] = UInt32(truncatingIfNeeded: listCount)
    listStarts[listCount + 1] = UInt32(truncatingIfNeeded: count)
    self.count = count
  }
}
