/// Finds the symbols and letters beyond ASCII in blocks of 64 bytes, and the lines that have anything else there.
///
/// Quotation marks, dashes and signs stand on one English line in sixteen; letters beyond ASCII on one in a hundred, but on
/// most lines in other languages. What is left are ideographs, marks that combine with a letter, and what is invisible.
///
/// Its memory must be deallocated.
struct WideScalars {
  /// A bit for the first byte of each symbol that is seen.
  private(set) var marks: UInt64 = 0
  /// A bit for the last byte of each symbol that may end a sentence.
  private(set) var stops: UInt64 = 0
  /// A bit for each byte of letters, and of those that are capitals.
  private(set) var letters: UInt64 = 0
  private(set) var capitals: UInt64 = 0
  /// A bit for the first byte of each letter that folding changes: the capitals, and final sigma.
  private(set) var folded: UInt64 = 0
  /// Where there is what is not a symbol or a letter, by which lines must be scanned byte by byte: a position in each such
  /// line, ascending; behind the last, the largest number.
  let irregular: UnsafeMutablePointer<UInt32>
  private var irregularCount = 0

  /// What reaches into the next block.
  private var pendingStops: UInt64 = 0
  private var pendingLetters: UInt64 = 0
  private var pendingCapitals: UInt64 = 0
  private var pendingBytes = 0
  private var lineIsIrregular = false

  /// - Parameter lines: how many lines there is room for.
  init(lines: Int) { irregular = .allocate(capacity: lines + 1) }

  func deallocate() { irregular.deallocate() }

  /// Forgets all but the memory.
  mutating func reset() {
    (irregularCount, pendingStops, pendingBytes, lineIsIrregular) = (0, 0, 0, false)
    (pendingLetters, pendingCapitals) = (0, 0)
  }

  /// Ends the text.
  func end() { irregular[irregularCount] = .max }

  /// Whether a block without bytes beyond ASCII can be passed over.
  @inline(__always)
  var isIdle: Bool { !lineIsIrregular && pendingBytes == 0 }

  /// Reads a block.
  /// - Parameters:
  ///   - text: where the lines begin.
  ///   - offset: where the block begins in them.
  ///   - end: how many bytes the lines have.
  mutating func read(_ masks: BlockMasks, _ text: UnsafePointer<UInt8>, at offset: Int, end: Int) {
    (marks, folded) = (0, 0)
    (stops, letters, capitals) = (pendingStops, pendingLetters, pendingCapitals)
    (pendingStops, pendingLetters, pendingCapitals) = (0, 0, 0)
    var rest = masks.wide & (~0 << UInt64(pendingBytes))
    pendingBytes = 0
    if lineIsIrregular { skipLine(masks, &rest, from: 0) }
    while rest != 0 {
      let index = rest.trailingZeroBitCount
      let (scalar, length) = UTF8Decoding.scalar(text, at: offset + index, end: end)
      if index + length > 64 { pendingBytes = index + length - 64 }
      rest &= index + length < 64 ? ~0 << UInt64(index + length) : 0
      if !add(scalar, at: index, length: length) {
        irregular[irregularCount] = UInt32(truncatingIfNeeded: offset + index)
        irregularCount += 1
        lineIsIrregular = true
        skipLine(masks, &rest, from: index)
      }
    }
  }

  /// Passes over the rest of an irregular line.
  private mutating func skipLine(_ masks: BlockMasks, _ rest: inout UInt64, from index: Int) {
    let feeds = masks.feeds & (~0 << UInt64(index))
    guard feeds != 0 else {
      rest = 0
      return
    }
    lineIsIrregular = false
    rest &= ~0 << UInt64(feeds.trailingZeroBitCount)
  }

  /// Notes a symbol or a letter; false for anything else.
  /// - Parameter scalar: nil for a byte of no scalar, which is a mark.
  private mutating func add(_ scalar: UInt32?, at index: Int, length: Int) -> Bool {
    guard let scalar else {
      marks |= 1 << UInt64(index)
      return true
    }
    switch Normalization.classify(scalar) {
    case .symbol:
      addSymbol(SymbolKind(symbol: scalar), at: index, length: length)
    case .letter(let folded) where !Normalization.isCombining(scalar):
      addLetter(isCapital: Normalization.isCapital(scalar, folded: folded), at: index, length: length)
      if folded != scalar { self.folded |= 1 << UInt64(index) }
    case .letter, .ideograph, .ignorable: return false
    }
    return true
  }

  private mutating func addSymbol(_ kind: SymbolKind, at index: Int, length: Int) {
    if kind == .space { return }
    marks |= 1 << UInt64(index)
    guard kind == .stop else { return }
    let last = index + length - 1
    if last < 64 { stops |= 1 << UInt64(last) } else { pendingStops |= 1 << UInt64(last - 64) }
  }

  private mutating func addLetter(isCapital: Bool, at index: Int, length: Int) {
    let bytes: UInt64 = ~(~0 << UInt64(length))
    // Shifted by 64 where all are in this block, which leaves none.
    let (here, next) = (bytes << UInt64(index), bytes >> UInt64(64 - index))
    letters |= here
    pendingLetters |= next
    if isCapital {
      capitals |= here
      pendingCapitals |= next
    }
  }
}
