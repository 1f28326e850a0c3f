import CLanes

/// Scans some lines of text at once: the words of all, hashed, and the look of each.
///
/// It finds what ``LineScanner`` finds, in passes over all lines at hand instead of byte by byte, because then nothing
/// waits for anything: the bytes' classes as bit masks, 64 bytes at once (``BlockMasks``); where words begin and end, from
/// the masks; the hash of each word; each line's counts, as differences of running counts. Lines with
/// letters beyond ASCII are left to ``LineScanner``.
///
/// Not `Sendable`: it owns scratch memory. Make one a thread.
final class ChunkScanner {
  /// A line as it was scanned.
  struct Line {
    var look = LineLook()
    /// Where it begins in the text.
    var start = 0
    /// The number of its first word; behind its last stands ``FeatureHash/lineMark``, as it does before the first.
    var firstWord = 0
    /// How many words it has.
    var wordCount = 0
    /// The number of the list that its words are: see ``flags``.
    var wordList: UInt32 = 0
    /// Whether it was scanned with the others, and not byte by byte.
    var isRegular = true
    /// The number of its pattern's first triple in ``ChunkPatterns``, how many there are, and the number of their list;
    /// 0 for none.
    var firstTriple = 0
    var tripleCount = 0
    var tripleList: UInt32 = 0
  }

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
  /// The lines.
  private(set) var lines: UnsafeMutablePointer<Line>
  private(set) var lineCount = 0
  /// How many bytes they have, line ends included.
  private(set) var byteCount = 0

  private var capacity = 0
  private var lineCapacity = 0
  /// Where the words of regular lines begin and end in the text: those of `words[n]` at `n - 1`.
  private(set) var starts: UnsafeMutablePointer<UInt32>
  private(set) var ends: UnsafeMutablePointer<UInt32>
  /// Which of them are long, and which are numbers.
  private var kinds = chaff_word_kinds()
  /// Where marks and line feeds stand, and the marks of lines.
  private var marks: UnsafeMutablePointer<UInt32>
  private var markCount = 0
  private var marked = chaff_marks()
  private var lineMarks: UnsafeMutablePointer<SIMD16<UInt8>>
  /// The numbers of lines that are to be scanned byte by byte.
  private var irregular: [Int] = []
  /// For each block, what its bytes are, and where its words are.
  private var masks: UnsafeMutablePointer<BlockMasks>
  private var found = chaff_words()
  /// For each block, the counts of all before it; for each line, the counts up to its end.
  private var running: UnsafeMutablePointer<chaff_counted>
  private var lineCounts: UnsafeMutablePointer<SIMD8<UInt64>>
  private var wordTotal = 0
  private var wide = WideSymbols()
  private let edges = EdgeTable()

  init() {
    words = .allocate(capacity: 1)
    flags = .allocate(capacity: 1)
    lines = .allocate(capacity: 1)
    lineCounts = .allocate(capacity: 1)
    starts = .allocate(capacity: 1)
    ends = .allocate(capacity: 1)
    marks = .allocate(capacity: 1)
    lineMarks = .allocate(capacity: 1)
    masks = .allocate(capacity: 1)
    running = .allocate(capacity: 1)
  }

  deinit {
    deallocate()
    deallocateLines()
    edges.deallocate()
  }

  private func deallocateLines() {
    lines.deallocate()
    lineCounts.deallocate()
    lineMarks.deallocate()
    marked.ends?.deallocate()
  }

  private func deallocate() {
    words.deallocate()
    flags.deallocate()
    starts.deallocate()
    ends.deallocate()
    marks.deallocate()
    marked.specials?.deallocate()
    marked.special_lines?.deallocate()
    kinds.longs?.deallocate()
    kinds.numbers?.deallocate()
    masks.deallocate()
    running.deallocate()
    found.starts?.deallocate()
    found.ends?.deallocate()
    found.marks?.deallocate()
    found.tokens?.deallocate()
    found.capitals?.deallocate()
    found.sentence_ends?.deallocate()
    found.counted?.deallocate()
  }

  /// Scans lines.
  ///
  /// - Parameters:
  ///   - text: the lines, each followed by a line feed; ``padding`` more bytes are read.
  ///   - feeds: where the line feeds stand, counted from a larger text.
  ///   - origin: where the lines begin in that.
  /// - Complexity: O(bytes).
  func scan(_ text: UnsafePointer<UInt8>, feeds: UnsafeBufferPointer<UInt32>, origin: Int) {
    guard let last = feeds.last else {
      (lineCount, wordEnd, listCount, byteCount) = (0, 0, 0, 0)
      return
    }
    let count = Int(last) + 1 - origin
    reserve(bytes: count, lines: feeds.count)
    readBlocks(text, count: count)
    countBits(feeds, origin)
    hashWords(text)
    countMarks(text)
    readLines(text, feeds, origin)
    for line in irregular { scanByBytes(text, &lines[line]) }
  }

  /// Makes room; memory that is not used is not touched.
  private func reserve(bytes: Int, lines count: Int) {
    if bytes > capacity {
      deallocate()
      capacity = bytes * 2
      let blocks = capacity / 64 + 2
      // Each byte may be a word or the mark behind a line, and once more where the line is scanned byte by byte.
      words = .allocate(capacity: 2 * capacity + 8 + FeatureSums.slack)
      flags = .allocate(capacity: 2 * capacity + 8)
      // Listing the bits of masks writes up to fifteen positions too many.
      starts = .allocate(capacity: capacity + 72)
      ends = .allocate(capacity: capacity + 72)
      marks = .allocate(capacity: capacity + 72)
      marked.specials = .allocate(capacity: capacity + 1)
      marked.special_lines = .allocate(capacity: capacity + 1)
      kinds.longs = .allocate(capacity: capacity + 2)
      kinds.numbers = .allocate(capacity: capacity + 2)
      masks = .allocate(capacity: blocks)
      running = .allocate(capacity: blocks)
      found = chaff_words(
        starts: .allocate(capacity: blocks), ends: .allocate(capacity: blocks), marks: .allocate(capacity: blocks),
        tokens: .allocate(capacity: blocks), capitals: .allocate(capacity: blocks),
        sentence_ends: .allocate(capacity: blocks), counted: .allocate(capacity: blocks))
    }
    if count > lineCapacity {
      deallocateLines()
      lineCapacity = count * 2
      lines = .allocate(capacity: lineCapacity)
      lineCounts = .allocate(capacity: lineCapacity)
      lineMarks = .allocate(capacity: lineCapacity + 1)
      marked.sums = UnsafeMutableRawPointer(lineMarks).assumingMemoryBound(to: UInt8.self)
      marked.ends = .allocate(capacity: lineCapacity + 1)
    }
    lineCount = count
    byteCount = bytes
  }

  // MARK: Bytes to words

  /// Reads masks, and lists where words and marks stand.
  private func readBlocks(_ text: UnsafePointer<UInt8>, count: Int) {
    let blocks = blockCount
    chaff_read_masks(text, blocks, masks)
    // What lies behind the last line feed is no part of the lines.
    if count & 63 != 0 { masks[blocks - 1].keep(~(~0 << UInt64(count & 63))) }
    addWideSymbols(text, count: count)
    chaff_read_words(masks, blocks, &found)
    chaff_list_bits(found.starts, blocks, starts, &wordTotal)
    var listed = 0
    chaff_list_bits(found.ends, blocks, ends, &listed)
    // Of a line feed at the very end of the last block.
    ends[listed] = UInt32(truncatingIfNeeded: count)
    chaff_list_bits(found.marks, blocks, marks, &markCount)
    found.capitals[blocks] = 0
  }

  /// Adds symbols beyond ASCII to the masks.
  private func addWideSymbols(_ text: UnsafePointer<UInt8>, count: Int) {
    wide.reset()
    let masks = masks
    for block in 0..<blockCount where masks[block].wide != 0 || !wide.isIdle {
      wide.read(masks[block], text, at: block &* 64, end: count)
      masks[block].stops |= wide.stops
      masks[block].marks |= wide.marks
    }
  }

  /// Hashes the words between the positions that were listed; line feeds too, whose hashes are replaced by marks.
  private func hashWords(_ text: UnsafePointer<UInt8>) {
    words[0] = FeatureHash.lineMark
    chaff_hash_words(text, starts, ends, wordTotal, FeatureHash.numbers, words + 1, &kinds)
    wordEnd = wordTotal + 1
    flags.update(repeating: 0, count: wordEnd)
  }

  private func countBits(_ feeds: UnsafeBufferPointer<UInt32>, _ origin: Int) {
    chaff_count_bits(
      found.counted, blockCount, running, feeds.baseAddress, feeds.count, origin,
      UnsafeMutableRawPointer(lineCounts).assumingMemoryBound(to: chaff_counted.self))
  }

  /// The length of the longest word of regular lines, if that is more than eight.
  var longestWord: Int { kinds.longest }

  /// How many blocks of 64 bytes the lines take.
  var blockCount: Int { (byteCount + 63) / 64 }

  /// For each block, a bit where a word of a regular line begins, a mark or a line feed stands.
  var tokens: UnsafePointer<UInt64> { UnsafePointer(found.tokens) }

  /// For each block and one more, where capitals stand.
  var capitals: UnsafePointer<UInt64> { UnsafePointer(found.capitals) }

  // MARK: Words to lines

  private func countMarks(_ text: UnsafePointer<UInt8>) {
    var kinds = edges.marks
    chaff_count_marks(text, marks, markCount, &kinds, &marked)
  }

  private func readLines(_ text: UnsafePointer<UInt8>, _ feeds: UnsafeBufferPointer<UInt32>, _ origin: Int) {
    var start = 0
    var word = 1
    var before = (counts: SIMD8<UInt64>(repeating: 0), marks: SIMD16<UInt8>(repeating: 0), end: -1)
    var wideLines = wide.irregular[...]
    let (lines, lineCounts, words, flags, edges) = (lines, lineCounts, words, flags, edges)
    irregular.removeAll(keepingCapacity: true)
    listCount = feeds.count
    guard let sentenceEnds = found.sentence_ends, let markEnds = marked.ends else { return }
    for index in 0..<feeds.count {
      let feed = Int(feeds[index]) &- origin
      let (counts, marks, markEnd) = (lineCounts[index], lineMarks[index], Int(markEnds[index]))
      let difference = counts &- before.counts
      let wordCount = Int(truncatingIfNeeded: difference[LineCounts.words])
      // By parts in place, not copied.
      let line = lines + index
      line.initialize(
        to: Line(
          start: start, firstWord: word, wordCount: wordCount, wordList: UInt32(truncatingIfNeeded: index)))
      word &+= wordCount
      words[word] = FeatureHash.lineMark
      flags[word] = FeatureSums.listEnd
      word &+= 1
      let end = feed > start && text[feed &- 1] == 0x0d ? feed &- 1 : feed
      line.pointee.look.take(difference, byteCount: end &- start)
      line.pointee.look.endsSentence = sentenceEnds[feed &>> 6] &>> UInt64(truncatingIfNeeded: feed & 63) & 1 != 0
      line.pointee.look.marks = marks &- before.marks
      edges.addEdges(of: text + start, count: end &- start, to: &line.pointee.look)
      if difference[LineCounts.numbers] != 0 { addYears(&line.pointee) }
      // More marks than are counted in eight bits, or letters beyond ASCII.
      var isRegular = markEnd &- before.end <= 256
      if let position = wideLines.first, position < feed {
        wideLines.removeFirst()
        isRegular = false
      }
      if !isRegular { becomeIrregular(index) }
      before = (counts, marks, markEnd)
      start = feed &+ 1
    }
    addSpecials(text)
  }

  private func becomeIrregular(_ index: Int) {
    lines[index].isRegular = false
    irregular.append(index)
  }

  /// Looks at marks that say more than their kind, and at those beyond ASCII.
  private func addSpecials(_ text: UnsafePointer<UInt8>) {
    guard let specials = marked.specials, let numbers = marked.special_lines else { return }
    for index in 0..<marked.special_count {
      let (position, number) = (Int(specials[index]), Int(numbers[index]))
      let line = lines + number
      guard line.pointee.isRegular else { continue }
      let byte = text[position]
      if byte >= 0x80 {
        let scalar = UTF8Decoding.scalar(text, at: position, end: byteCount).scalar
        if let mark = scalar.map(LineLook.Mark.init(symbol:)) ?? .other {
          line.pointee.look.marks[Int(mark.rawValue)] &+= 1
        }
      } else if !line.pointee.look.addSpecial(byte, text + position, at: position &- line.pointee.start) {
        becomeIrregular(number)
      }
    }
  }

  private func addYears(_ line: inout Line) {
    for index in line.firstWord..<line.firstWord &+ line.wordCount where words[index] == FeatureHash.year {
      line.look.years &+= 1
    }
  }

  /// Scans a line byte by byte; its words go behind those of all other lines.
  @inline(never)
  private func scanByBytes(_ text: UnsafePointer<UInt8>, _ line: inout Line) {
    // Behind the mark of the line before.
    var sink = WordList(next: words + wordEnd)
    line.look = LineScanner.scan(
      UnsafeBufferPointer(start: text + line.start, count: line.look.byteCount), into: &sink)
    line.firstWord = wordEnd
    line.wordCount = sink.next - words - wordEnd
    (flags + wordEnd).update(repeating: 0, count: line.wordCount)
    wordEnd += line.wordCount
    words[wordEnd] = FeatureHash.lineMark
    flags[wordEnd] = FeatureSums.listEnd
    wordEnd += 1
    line.wordList = UInt32(listCount)
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
