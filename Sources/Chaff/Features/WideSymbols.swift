/// Finds the symbols beyond ASCII in blocks of 64 bytes, and the lines that have more than symbols there.
///
/// Quotation marks, dashes and signs stand on one English line in sixteen; letters beyond ASCII on one in a hundred.
///
/// Its memory must be deallocated.
struct WideSymbols {
  /// A bit for the first byte of each symbol that is seen.
  private(set) var marks: UInt64 = 0
  /// A bit for the last byte of each symbol that may end a sentence.
  private(set) var stops: UInt64 = 0
  /// Where lines must be scanned byte by byte: a position in each such line, ascending; behind the last, the largest number.
  let irregular: UnsafeMutablePointer<UInt32>
  private var irregularCount = 0

  /// What reaches into the next block.
  private var pendingStops: UInt64 = 0
  private var pendingBytes = 0
  private var lineIsIrregular = false

  /// - Parameter lines: how many lines there is room for.
  init(lines: Int) { irregular = .allocate(capacity: lines + 1) }

  func deallocate() { irregular.deallocate() }

  /// Forgets all but the memory.
  mutating func reset() {
    (irregularCount, pendingStops, pendingBytes, lineIsIrregular) = (0, 0, 0, false)
  }

  /// Ends the text.
  func end() { irregular[irregularCount] = .max }

  /// Whether a block without bytes beyond ASCII can be passed over.
  @inline(__always)
  var isIdle: Bool { !lineIsIrregular && pendingStops == 0 && pendingBytes == 0 }

  /// Reads a block.
  /// - Parameters:
  ///   - text: where the lines begin.
  ///   - offset: where the block begins in them.
  ///   - end: how many bytes the lines have.
  mutating func read(_ masks: BlockMasks, _ text: UnsafePointer<UInt8>, at offset: Int, end: Int) {
    marks = 0
    stops = pendingStops
    pendingStops = 0
    var rest = pendingBytes < 64 ? masks.wide & (~0 << UInt64(pendingBytes)) : 0
    pendingBytes = max(0, pendingBytes - 64)
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

  /// Notes a symbol; false for anything that is more than a mark.
  /// - Parameter scalar: nil for a byte of no scalar, which is a mark.
  private mutating func add(_ scalar: UInt32?, at index: Int, length: Int) -> Bool {
    guard let scalar else {
      marks |= 1 << UInt64(index)
      return true
    }
    guard case .symbol = Normalization.classify(scalar) else { return false }
    let kind = SymbolKind(symbol: scalar)
    if kind == .space { return true }
    marks |= 1 << UInt64(index)
    if kind == .stop {
      let last = index + length - 1
      if last < 64 { stops |= 1 << UInt64(last) } else { pendingStops |= 1 << UInt64(last - 64) }
    }
    return true
  }
}
