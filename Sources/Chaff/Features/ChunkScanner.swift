import CLanes

/// Scans some lines of text at once: the words of all, hashed, and the look of each.
///
/// It finds what ``LineScanner`` finds, in passes over all lines at hand instead of byte by byte, because then nothing
/// waits for anything: the bytes' classes as bit masks, 64 bytes at once (``BlockMasks``); where words begin and end, from
/// the masks; the hash of each word; how many words each line has, as the difference of running counts. Lines with
/// ideographs, with marks that combine with letters, with what is invisible, or with both joined words ("HomeNews") and
/// letters beyond ASCII are left to ``LineScanner``.
///
/// Not `Sendable`: it owns scratch memory. Make one a thread.
final class ChunkScanner {
  /// How many bytes beyond the lines must be readable, whatever they are.
  static let padding = 64

  /// The words of all lines by hash, between marks: `words[0]` is one.
  private(set) var words: UnsafeMutablePointer<UInt64>
  /// How many of `words` are in use.
  private(set) var wordEnd = 0
  /// For each of `words`, ``FeatureSums/listEnd`` if it is the mark behind a line, where a list of words ends; else 0.
  private(set) var flags: UnsafeMutablePointer<UInt8>
  /// How many lists there are: one for each line, and one more for each that was scanned byte by byte.
  private(set) var listCount = 0
  /// What is known of the lines.
  private(set) var lines = LineColumns(lines: 0)
  private(set) var lineCount = 0
  /// For each line, the number of the list that its words are: see ``flags``.
  private(set) var wordLists: UnsafeMutablePointer<UInt32>
  /// How many bytes they have, line ends included.
  private(set) var byteCount = 0

  private var capacity = 0
  private var lineCapacity = 0
  /// Where the words of regular lines begin and end in the text: those of `words[n]` at `n - 1`.
  private var starts: UnsafeMutablePointer<UInt32>
  private var ends: UnsafeMutablePointer<UInt32>
  /// What `words` look like: see `chaff_hashed`.
  private(set) var looks: UnsafeMutablePointer<UInt8>
  /// Masks of those that have more than eight bytes, and of numbers; and the numbers of either, in turn.
  private var longs: UnsafeMutablePointer<UInt64>
  private var numbers: UnsafeMutablePointer<UInt64>
  private var listed: UnsafeMutablePointer<UInt32>
  /// The numbers of lines that are to be scanned byte by byte.
  private var irregular: UnsafeMutablePointer<UInt32>
  private var irregularCount = 0
  /// For each block, what its bytes are, and where its words are.
  private var masks: UnsafeMutablePointer<BlockMasks>
  private var found = chaff_words()
  private var wide = WideScalars(lines: 0)
  /// Whether there is a letter beyond ASCII that folding changes.
  private var hasFolded = false

  init() {
    words = .allocate(capacity: 1)
    flags = .allocate(capacity: 1)
    wordLists = .allocate(capacity: 1)
    starts = .allocate(capacity: 1)
    ends = .allocate(capacity: 1)
    looks = .allocate(capacity: 1)
    longs = .allocate(capacity: 1)
    numbers = .allocate(capacity: 1)
    listed = .allocate(capacity: 1)
    irregular = .allocate(capacity: 1)
    masks = .allocate(capacity: 1)
  }

  deinit {
    deallocate()
    deallocateLines()
  }

  private func deallocateLines() {
    lines.deallocate()
    wide.deallocate()
    wordLists.deallocate()
    irregular.deallocate()
  }

  private func deallocate() {
    words.deallocate()
    flags.deallocate()
    starts.deallocate()
    ends.deallocate()
    looks.deallocate()
    longs.deallocate()
    numbers.deallocate()
    listed.deallocate()
    masks.deallocate()
    found.starts?.deallocate()
    found.ends?.deallocate()
    found.before?.deallocate()
    found.tokens?.deallocate()
    found.sentences?.deallocate()
    found.blanks?.deallocate()
    found.joined?.deallocate()
    found.accented?.deallocate()
  }

  /// Scans lines.
  ///
  /// - Parameters:
  ///   - text: the lines, each followed by a line feed; ``padding`` more bytes are read.
  ///   - feeds: where the line feeds stand.
  /// - Complexity: O(bytes).
  func scan(_ text: UnsafePointer<UInt8>, feeds: UnsafeBufferPointer<UInt32>) {
    guard let last = feeds.last, let places = feeds.baseAddress else {
      (lineCount, wordEnd, listCount, byteCount) = (0, 0, 0, 0)
      return
    }
    reserve(bytes: Int(last) + 1, lines: feeds.count)
    readBlocks(text)
    hashWords(text)
    readLines(places)
    for index in 0..<irregularCount { scanByBytes(text, Int(irregular[index])) }
  }

  /// Makes room; memory that is not used is not touched.
  private func reserve(bytes: Int, lines count: Int) {
    if bytes > capacity {
      deallocate()
      capacity = bytes * 2
      let blocks = capacity / 64 + 2
      // Each byte may be a word or the mark behind a line, and once more where the line is scanned byte by byte, or words
      // are put together.
      words = .allocate(capacity: 2 * capacity + 8 + FeatureSums.slack)
      flags = .allocate(capacity: 2 * capacity + 8)
      // Listing the bits of masks writes up to fifteen positions too many.
      starts = .allocate(capacity: capacity + 72)
      ends = .allocate(capacity: capacity + 72)
      looks = .allocate(capacity: 2 * capacity + 8 + FeatureSums.slack)
      longs = .allocate(capacity: blocks)
      numbers = .allocate(capacity: blocks)
      listed = .allocate(capacity: capacity + 72)
      masks = .allocate(capacity: blocks)
      found = chaff_words(
        starts: .allocate(capacity: blocks), ends: .allocate(capacity: blocks), before: .allocate(capacity: blocks),
        tokens: .allocate(capacity: blocks), sentences: .allocate(capacity: blocks),
        blanks: .allocate(capacity: blocks), joined: .allocate(capacity: blocks),
        accented: .allocate(capacity: blocks))
    }
    if count > lineCapacity {
      deallocateLines()
      lineCapacity = count * 2
      lines = LineColumns(lines: lineCapacity)
      wordLists = .allocate(capacity: lineCapacity)
      irregular = .allocate(capacity: lineCapacity + 1)
      wide = WideScalars(lines: lineCapacity)
    }
    lineCount = count
    byteCount = bytes
  }

  // Structs of memory are copied where they are handed over: else each would be checked for exclusive access.

  // MARK: Bytes to words

  /// Reads masks, and lists where words stand.
  private func readBlocks(_ text: UnsafePointer<UInt8>) {
    let (blocks, count) = (blockCount, byteCount)
    chaff_read_masks(text, blocks, masks)
    // What lies behind the last line feed is no part of the lines.
    if count & 63 != 0 { masks[blocks - 1].keep(~(~0 << UInt64(count & 63))) }
    addWideScalars(text)
    var (found, listed) = (found, (starts: 0, ends: 0))
    chaff_read_words(masks, blocks, &found)
    chaff_list_bits(found.starts, blocks, starts, &listed.starts)
    chaff_list_bits(found.ends, blocks, ends, &listed.ends)
    // Of a line feed at the very end of the last block.
    ends[listed.ends] = UInt32(truncatingIfNeeded: count)
    wordEnd = listed.starts + 1
  }

  /// Adds symbols and letters beyond ASCII to the masks.
  private func addWideScalars(_ text: UnsafePointer<UInt8>) {
    var (wide, folded) = (wide, UInt64(0))
    wide.reset()
    let (masks, count) = (masks, byteCount)
    for block in 0..<blockCount where masks[block].wide != 0 || !wide.isIdle {
      wide.read(masks[block], text, at: block &* 64, end: count)
      masks[block].stops |= wide.stops
      masks[block].marks |= wide.marks
      masks[block].letters |= wide.letters
      masks[block].capitals |= wide.capitals
      masks[block].folded = wide.folded
      folded |= wide.folded
    }
    wide.end()
    self.wide = wide
    hasFolded = folded != 0
  }

  /// Hashes the words between the positions that were listed; line feeds too, whose hashes are replaced by marks.
  private func hashWords(_ text: UnsafePointer<UInt8>) {
    let count = wordEnd - 1
    let blocks = (count + 63) / 64
    words[0] = FeatureHash.lineMark
    var hashed = chaff_hashed(words: words + 1, looks: looks + 1, longs: longs, numbers: numbers)
    chaff_hash_words(text, starts, ends, count, &hashed)
    var (longCount, numberCount) = (0, 0)
    chaff_list_bits(longs, blocks, listed, &longCount)
    chaff_hash_long_words(text, starts, ends, listed, longCount, &hashed)
    chaff_list_bits(numbers, blocks, listed, &numberCount)
    chaff_hash_numbers(text, starts, ends, listed, numberCount, FeatureHash.numbers, words + 1)
    flags.update(repeating: 0, count: wordEnd)
    if hasFolded { hashFoldedWords(text) }
  }

  /// Hashes words with letters beyond ASCII that folding changes, one by one: they were hashed as if they had none.
  private func hashFoldedWords(_ text: UnsafePointer<UInt8>) {
    let (masks, found, words, looks, ends) = (masks, found, words, looks, ends)
    var last = -1
    for block in 0..<blockCount {
      var rest = masks[block].folded
      while rest != 0 {
        let index = UInt64(rest.trailingZeroBitCount)
        // The last word that begins here or before.
        let begun = found.starts[block] & (2 << index &- 1)
        let word = Int(found.before[block]) &+ begun.nonzeroBitCount &- 1
        if word != last {
          (words[word + 1], looks[word + 1]) = WideWord.read(text, Int(starts[word])..<Int(ends[word]))
        }
        last = word
        let end = Int(ends[word]) &- block &* 64
        rest = end < 64 ? rest & ~0 << UInt64(end) : 0
      }
    }
  }

  /// How many blocks of 64 bytes the lines take.
  var blockCount: Int { (byteCount + 63) / 64 }

  /// For each block, a bit where a word of a regular line begins that is not joined to the one before ("HomeNews"), a mark or
  /// a line feed stands.
  var tokens: UnsafePointer<UInt64> { UnsafePointer(found.tokens) }

  /// For each block, a bit where a word of a regular line begins, or a line feed stands.
  var wordStarts: UnsafePointer<UInt64> { UnsafePointer(found.starts) }

  // MARK: Words to lines

  private func readLines(_ feeds: UnsafePointer<UInt32>) {
    var source = chaff_line_source(
      feeds: feeds, count: lineCount, words: found, wides: wide.irregular, line_mark: FeatureHash.lineMark,
      list_end: FeatureSums.listEnd)
    var found = chaff_found_lines(
      lines: lines.columns, words: words, flags: flags, word_lists: wordLists, irregular: irregular, irregular_count: 0)
    chaff_read_lines(&source, &found)
    (irregularCount, listCount) = (found.irregular_count, lineCount)
  }

  /// Puts words of a regular line together that are joined, behind all words and what has been put together before.
  /// - Parameter end: how many words there are, those included.
  /// - Returns: where the words of the line begin.
  func putTogether(_ line: Int, _ text: UnsafePointer<UInt8>, end: inout Int) -> Int {
    let (first, count, begin) = (lines.firstWord(line), lines.wordCount(line), end)
    var start = 0
    for word in first..<first + count {
      let (from, to) = (Int(starts[word - 1]), Int(ends[word - 1]))
      let isCapital = ByteClass.of(text[from]) == ByteClass.upper
      if word > first && isCapital && ByteClass.of(text[from - 1]) == ByteClass.lower {
        words[end - 1] = WordHasher.hash(letters: text + start, count: to - start)
        looks[end - 1] = ByteClass.of(text[start]) == ByteClass.upper ? 0 : 3
      } else {
        start = from
        (words[end], looks[end]) = (words[word], looks[word])
        end += 1
      }
    }
    return begin
  }

  /// Scans a line byte by byte; its words go behind those of all other lines.
  @inline(never)
  private func scanByBytes(_ text: UnsafePointer<UInt8>, _ line: Int) {
    let (first, flags) = (wordEnd, flags)
    // Behind the mark of the line before.
    var sink = WordList(next: words + first)
    let range = lines.bytes(line)
    let bytes = UnsafeBufferPointer(start: text + range.lowerBound, count: range.count)
    lines.put(LineScanner.scan(bytes, into: &sink), firstWord: first, line)
    let end = sink.next - words
    (flags + first).update(repeating: 0, count: end - first)
    words[end] = FeatureHash.lineMark
    flags[end] = FeatureSums.listEnd
    wordEnd = end + 1
    wordLists[line] = UInt32(listCount)
    listCount += 1
  }
}

/// Writes the hashes of words to memory.
private struct WordList: FeatureSink {
  var next: UnsafeMutablePointer<UInt64>

  @inline(__always)
  mutating func word(_ hash: UInt64) {
    next.pointee = hash
    next += 1
  }

  @inline(__always)
  mutating func bigram(_ hash: UInt64) {}

  @inline(__always)
  mutating func dropBigrams() {}

  @inline(__always)
  mutating func pattern(_ hash: UInt64, name: () -> [UInt8]) {}
}
