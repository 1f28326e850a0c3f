import CLanes

/// Scans some lines of text at once: the words of all, hashed, and the look of each.
///
/// It finds what ``LineScanner`` finds, in passes over all lines at hand instead of byte by byte, because then nothing
/// waits for anything: the bytes' classes as bit masks, 64 bytes at once (``BlockMasks``); where words begin and end, from
/// the masks (``BlockWords``); the hash of each word; each line's counts, as differences of running counts. Lines with
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
    /// Whether it was scanned with the others, and not byte by byte.
    var isRegular = true
    /// The number of its pattern's first triple in ``ChunkPatterns``, and how many there are.
    var firstTriple = 0
    var tripleCount = 0
  }

  /// How many bytes beyond the lines must be readable, whatever they are.
  static let padding = 64

  /// The words of all lines by hash, between marks: `words[0]` is one.
  private(set) var words: UnsafeMutablePointer<UInt64>
  /// How many of `words` are in use.
  private(set) var wordEnd = 0
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
  private var marks: UnsafeMutablePointer<UInt32>
  /// For each block, what its bytes are.
  private var masks: UnsafeMutablePointer<BlockMasks>
  /// For each block, what is counted of it and the counts of all before it; for each line, the counts up to its end.
  private var counted: UnsafeMutablePointer<SIMD8<UInt64>>
  private var running: UnsafeMutablePointer<SIMD8<UInt64>>
  private var lineCounts: UnsafeMutablePointer<SIMD8<UInt64>>
  private var sentenceEnds: UnsafeMutablePointer<UInt64>
  /// For each block, a bit where a word begins or a mark stands, and one for each capital.
  private var tokens: UnsafeMutablePointer<UInt64>
  private var capitals: UnsafeMutablePointer<UInt64>
  private var wordTotal = 0
  private var markTotal = 0
  private var wide = WideSymbols()
  private let edges = EdgeTable()

  init() {
    words = .allocate(capacity: 1)
    lines = .allocate(capacity: 1)
    lineCounts = .allocate(capacity: 1)
    starts = .allocate(capacity: 1)
    ends = .allocate(capacity: 1)
    marks = .allocate(capacity: 1)
    masks = .allocate(capacity: 1)
    running = .allocate(capacity: 1)
    counted = .allocate(capacity: 1)
    sentenceEnds = .allocate(capacity: 1)
    tokens = .allocate(capacity: 1)
    capitals = .allocate(capacity: 1)
  }

  deinit {
    deallocate()
    lines.deallocate()
    lineCounts.deallocate()
    edges.deallocate()
  }

  private func deallocate() {
    words.deallocate()
    starts.deallocate()
    ends.deallocate()
    marks.deallocate()
    masks.deallocate()
    running.deallocate()
    counted.deallocate()
    sentenceEnds.deallocate()
    tokens.deallocate()
    capitals.deallocate()
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
      (lineCount, wordEnd, byteCount) = (0, 0, 0)
      return
    }
    let count = Int(last) + 1 - origin
    reserve(bytes: count, lines: feeds.count)
    readBlocks(text, count: count)
    countBits(feeds, origin)
    hashWords(text)
    readLines(text, feeds, origin)
  }

  /// Makes room; memory that is not used is not touched.
  private func reserve(bytes: Int, lines count: Int) {
    if bytes > capacity {
      deallocate()
      capacity = bytes * 2
      let blocks = capacity / 64 + 2
      // Each byte may be a word or the mark behind a line, and once more where the line is scanned byte by byte.
      words = .allocate(capacity: 2 * capacity + 8)
      // Flattening a mask writes up to three positions too many.
      starts = .allocate(capacity: capacity + 72)
      ends = .allocate(capacity: capacity + 72)
      marks = .allocate(capacity: capacity + 72)
      masks = .allocate(capacity: blocks)
      running = .allocate(capacity: blocks)
      counted = .allocate(capacity: blocks)
      sentenceEnds = .allocate(capacity: blocks)
      tokens = .allocate(capacity: blocks)
      capitals = .allocate(capacity: blocks)
    }
    if count > lineCapacity {
      lines.deallocate()
      lineCounts.deallocate()
      lineCapacity = count * 2
      lines = .allocate(capacity: lineCapacity)
      lineCounts = .allocate(capacity: lineCapacity)
    }
    lineCount = count
    byteCount = bytes
  }

  // MARK: Bytes to words

  /// Reads masks, and lists where words and marks stand.
  private func readBlocks(_ text: UnsafePointer<UInt8>, count: Int) {
    var words = BlockWords()
    wide.reset()
    var (starts, ends, marks) = (starts, ends, marks)
    var feedBefore: UInt64 = 0
    let blocks = (count &+ 63) &>> 6
    chaff_read_masks(text, blocks, self.masks)
    for block in 0..<blocks {
      let offset = block &* 64
      var masks = self.masks[block]
      // What lies behind the last line feed is no part of the lines.
      let valid = offset &+ 64 <= count ? ~0 : ~(~0 &<< UInt64(truncatingIfNeeded: count &- offset))
      if valid != ~0 { masks.keep(valid) }
      if masks.wide == 0 && wide.isIdle {
        wide.skip()
      } else {
        wide.read(masks, text, at: offset, end: count)
      }
      words.read(masks, stops: masks.stops | wide.stops)
      counted[block] = words.counted
      sentenceEnds[block] = words.sentenceEnds
      // A line feed is listed like a word: it makes room for the mark behind the line's last word.
      let base = UInt32(truncatingIfNeeded: offset)
      starts = Self.list(words.starts | masks.feeds, base, at: starts)
      ends = Self.list(words.ends | masks.feeds &<< 1 | feedBefore, base, at: ends)
      feedBefore = masks.feeds &>> 63
      let other = ~(masks.letters | masks.digits | masks.spaces | masks.wide) & valid
      marks = Self.list(other | wide.marks, base, at: marks)
      tokens[block] = words.starts | other | wide.marks
      capitals[block] = masks.capitals
    }
    // Of a line feed at the very end of the last block.
    ends[0] = UInt32(truncatingIfNeeded: count)
    marks[0] = .max
    tokens[blocks] = 0
    capitals[blocks] = 0
    wordTotal = starts - self.starts
  }

  /// Lists the positions of a mask's bits; returns where the list ends.
  ///
  /// Four at a time without asking whether there are as many: a wrong guess costs more than writing too much.
  @inline(__always)
  private static func list(
    _ mask: UInt64, _ base: UInt32, at list: UnsafeMutablePointer<UInt32>
  ) -> UnsafeMutablePointer<UInt32> {
    var rest = mask
    var next = list
    while rest != 0 {
      for index in 0..<4 {
        next[index] = base &+ UInt32(truncatingIfNeeded: rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
      next += 4
    }
    return list + mask.nonzeroBitCount
  }

  /// Hashes the words between the positions that were listed.
  private func hashWords(_ text: UnsafePointer<UInt8>) {
    words[0] = FeatureHash.lineMark
    let (words, starts, ends) = (words + 1, starts, ends)
    for index in 0..<wordTotal {
      let start = Int(starts[index])
      let count = Int(ends[index]) &- start
      // Line feeds too, whose hashes are replaced by marks.
      words[index] =
        text[start] &- 0x30 < 10
        ? Self.number(text + start, count) : WordHasher.hash(letters: text + start, count: count)
    }
    wordEnd = wordTotal + 1
  }

  /// The hash of a number: its length, or "year".
  @inline(__always)
  private static func number(_ digits: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    if count == 4 && ((digits[0] == 0x31 && digits[1] == 0x39) || (digits[0] == 0x32 && digits[1] == 0x30)) {
      return FeatureHash.year
    }
    return FeatureHash.number(digits: count)
  }

  private func countBits(_ feeds: UnsafeBufferPointer<UInt32>, _ origin: Int) {
    func masks(_ vectors: UnsafeMutablePointer<SIMD8<UInt64>>) -> UnsafeMutablePointer<chaff_counted> {
      UnsafeMutableRawPointer(vectors).assumingMemoryBound(to: chaff_counted.self)
    }
    chaff_count_bits(
      masks(counted), (byteCount + 63) / 64, masks(running), feeds.baseAddress, feeds.count, origin, masks(lineCounts))
  }

  // MARK: Bytes as masks

  /// Where, in 64 bytes from a position on, words of regular lines begin or marks stand.
  @inline(__always)
  func tokens(at position: Int) -> UInt64 { Self.bits(of: tokens, at: position) }

  /// Where capitals stand in 64 bytes from a position on.
  @inline(__always)
  func capitals(at position: Int) -> UInt64 { Self.bits(of: capitals, at: position) }

  @inline(__always)
  private static func bits(of masks: UnsafePointer<UInt64>, at position: Int) -> UInt64 {
    let masks = masks + position &>> 6
    let shift = UInt64(truncatingIfNeeded: position & 63)
    // Shifted twice, since a shift by 64 would do nothing.
    return masks[0] &>> shift | (masks[1] &<< 1) &<< (63 &- shift)
  }

  // MARK: Words to lines

  private func readLines(_ text: UnsafePointer<UInt8>, _ feeds: UnsafeBufferPointer<UInt32>, _ origin: Int) {
    var start = 0
    var word = 1
    var mark = UnsafePointer(marks)
    var before = SIMD8<UInt64>(repeating: 0)
    var irregular = wide.irregular[...]
    for index in 0..<feeds.count {
      let feed = Int(feeds[index]) &- origin
      let counts = lineCounts[index]
      let difference = counts &- before
      before = counts
      let wordCount = Int(truncatingIfNeeded: difference[BlockWords.Counted.words])
      // By parts in place, not copied.
      let line = lines + index
      line.initialize(to: Line(start: start, firstWord: word, wordCount: wordCount))
      word &+= wordCount
      words[word] = FeatureHash.lineMark
      word &+= 1
      let end = feed > start && text[feed &- 1] == 0x0d ? feed &- 1 : feed
      var isRegular = true
      if let position = irregular.first, position < feed {
        irregular.removeFirst()
        isRegular = false
      }
      line.pointee.look.take(difference, byteCount: end &- start)
      line.pointee.look.endsSentence = sentenceEnds[feed &>> 6] &>> UInt64(truncatingIfNeeded: feed & 63) & 1 != 0
      if isRegular { isRegular = addMarks(&mark, text, start, feed, &line.pointee.look) }
      if isRegular {
        edges.addEdges(of: text + start, count: end &- start, to: &line.pointee.look)
        if difference[BlockWords.Counted.numbers] != 0 { addYears(&line.pointee) }
      } else {
        while mark.pointee < UInt32(truncatingIfNeeded: feed) { mark += 1 }
        scanByBytes(text + start, count: end &- start, &line.pointee)
      }
      start = feed &+ 1
    }
  }

  /// Counts the line's marks; false if there are too many for that.
  @inline(__always)
  private func addMarks(
    _ mark: inout UnsafePointer<UInt32>, _ text: UnsafePointer<UInt8>, _ start: Int, _ feed: Int, _ look: inout LineLook
  ) -> Bool {
    let first = mark
    var marks = SIMD16<UInt8>(repeating: 0)
    while mark.pointee < UInt32(truncatingIfNeeded: feed) {
      let position = Int(mark.pointee)
      let byte = text[position]
      if byte < 0x80 {
        marks &+= edges.units[Int(byte)]
        if edges.isSpecial[Int(byte)] {
          guard look.addSpecial(byte, text + position, at: position &- start) else { return false }
        }
      } else if let scalar = UTF8Decoding.scalar(text, at: position, end: feed).scalar {
        if let kind = LineLook.Mark(symbol: scalar) { marks[Int(kind.rawValue)] &+= 1 }
      } else {
        marks[Int(LineLook.Mark.other.rawValue)] &+= 1
      }
      mark += 1
    }
    look.marks = marks
    return mark - first < 256
  }

  private func addYears(_ line: inout Line) {
    for index in line.firstWord..<line.firstWord &+ line.wordCount where words[index] == FeatureHash.year {
      line.look.years &+= 1
    }
  }

  /// Scans a line byte by byte; its words go behind those of all other lines.
  @inline(never)
  private func scanByBytes(_ bytes: UnsafePointer<UInt8>, count: Int, _ line: inout Line) {
    line.isRegular = false
    words[wordEnd] = FeatureHash.lineMark
    var sink = WordList(next: words + wordEnd + 1)
    line.look = LineScanner.scan(UnsafeBufferPointer(start: bytes, count: count), into: &sink)
    line.firstWord = wordEnd + 1
    wordEnd = sink.next - words
    line.wordCount = wordEnd - line.firstWord
    words[wordEnd] = FeatureHash.lineMark
    wordEnd += 1
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
