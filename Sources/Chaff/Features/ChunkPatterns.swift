import CLanes

/// The patterns of the short lines that a ``ChunkScanner`` has scanned, hashed.
///
/// It finds what ``LinePattern`` finds, from what is known of the lines by then: where words begin and marks stand, as bit
/// masks; how words are written; and their hashes, by which common words are looked up. Joined words ("HomeNews"), which are
/// one in a pattern, are put together first. The tokens of all lines are read in one go. Lines that ``ChunkScanner`` scans byte
/// by byte, or with more tokens than a pattern has, are left to ``LinePattern``.
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
  private var listStarts: UnsafeMutablePointer<UInt32> = .allocate(capacity: 2)

  private var capacity = 0
  private var lineCapacity = 0
  private let names = TokenNames.english
  private var byBytes = LinePattern(isNaming: false)
  /// Lines whose tokens are read in one go, and others; and the former's tokens.
  private var sorted = chaff_patterns()
  private var picked: UnsafeMutablePointer<UInt64> = .allocate(capacity: 1)
  /// Where these tokens stand, and their hashes, those of words by themselves too; which are line feeds, and which are
  /// marks beyond ASCII.
  private var places: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)
  private var tokens: UnsafeMutablePointer<UInt64> = .allocate(capacity: 1)
  private var named: UnsafeMutablePointer<UInt64> = .allocate(capacity: 1)
  private var separators: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)
  private var wides: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)

  deinit {
    deallocate()
    deallocateLines()
  }

  private func deallocate() {
    triples.deallocate()
    flags.deallocate()
    sorted.borders?.deallocate()
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
    sorted.lines?.deallocate()
    sorted.first_words?.deallocate()
    sorted.marks?.deallocate()
    sorted.joined?.deallocate()
    sorted.others?.deallocate()
  }

  /// Makes room: a byte begins one triple at most, and a line has two more.
  private func reserve(_ scanner: ChunkScanner) {
    let most = scanner.byteCount + 2 * scanner.lineCount + FeatureSums.slack
    if most > capacity {
      deallocate()
      capacity = 2 * most
      triples = .allocate(capacity: capacity)
      flags = .allocate(capacity: capacity)
      sorted.borders = .allocate(capacity: capacity / 64 + 2)
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
      sorted.lines = .allocate(capacity: lineCapacity + 1)
      sorted.first_words = .allocate(capacity: lineCapacity + 1)
      sorted.marks = .allocate(capacity: lineCapacity + 1)
      sorted.joined = .allocate(capacity: lineCapacity + 1)
      sorted.others = .allocate(capacity: lineCapacity + 1)
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
  /// - Parameters:
  ///   - scanner: what the lines have.
  ///   - text: what the scanner has scanned.
  /// - Complexity: O(bytes).
  func read(_ scanner: ChunkScanner, _ text: UnsafePointer<UInt8>) {
    reserve(scanner)
    (count, listCount) = (0, 0)
    listStarts[1] = 0
    lists.update(repeating: 0, count: scanner.lineCount)
    sortLines(scanner)
    if sorted.count > 0 { readPicked(scanner, text) }
    for index in 0..<sorted.other_count { readByBytes(scanner.lines, Int(sorted.others[index]), text) }
  }

  /// Sorts out which lines are read in which way.
  private func sortLines(_ scanner: ChunkScanner) {
    var sorted = sorted
    sorted.borders.update(repeating: 0, count: scanner.blockCount + 1)
    var source = chaff_pattern_source(
      lines: scanner.lines.columns, count: scanner.lineCount, tokens: scanner.tokens,
      longest_line: UInt32(LinePattern.longestLine), token_limit: UInt32(LinePattern.tokenLimit))
    chaff_pick_patterns(&source, &sorted)
    self.sorted = sorted
  }

  /// Has the words of picked lines put together that are joined.
  private func joinWords(_ scanner: ChunkScanner, _ text: UnsafePointer<UInt8>) {
    var end = scanner.wordEnd
    for index in 0..<sorted.joined_count {
      let joined = Int(sorted.joined[index])
      let first = scanner.putTogether(Int(sorted.lines[joined]), text, end: &end)
      (sorted.first_words[joined], sorted.marks[joined]) = (UInt32(first), UInt32(end))
      // Behind the words of each line is a mark.
      end += 1
    }
  }

  /// Reads the lines that were picked.
  private func readPicked(_ scanner: ChunkScanner, _ text: UnsafePointer<UInt8>) {
    joinWords(scanner, text)
    let (places, tokens, wides) = (places, tokens, wides)
    var count = 0
    chaff_pick_lines(sorted.borders, scanner.tokens, scanner.blockCount, picked)
    chaff_list_bits(picked, scanner.blockCount, places, &count)
    var found = chaff_tokens(tokens: tokens, separators: separators, wides: wides, wide_count: 0)
    var source = chaff_token_text(
      bytes: text, starts: scanner.wordStarts, words: scanner.words, looks: scanner.looks)
    var lines = chaff_lines(first_words: sorted.first_words, marks: sorted.marks, count: sorted.count)
    withUnsafePointer(to: names.tables) { [count, named] in
      chaff_read_tokens(&source, $0, &lines, places, count, named, &found)
    }
    for index in 0..<found.wide_count {
      let token = Int(wides[index])
      tokens[token] = Self.wideMark(text, at: Int(places[token]), end: scanner.byteCount)
    }
    chaff_hash_triples(tokens, count, PatternToken.start.hash, separators, sorted.count, triples)
    flags.update(repeating: 0, count: count)
    (self.count, listCount) = (count, sorted.count)
    endLists()
  }

  /// Notes which lists are whose, and where they end.
  private func endLists() {
    let (flags, separators, lines, lists, listStarts) = (flags, separators, sorted.lines, lists, listStarts)
    guard let lines else { return }
    for list in 1...listCount {
      let end = Int(separators[list &- 1])
      lists[Int(lines[list &- 1])] = UInt32(truncatingIfNeeded: list)
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
    let range = lines.bytes(line)
    byBytes.read(UnsafeBufferPointer(start: text + range.lowerBound, count: range.count))
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
