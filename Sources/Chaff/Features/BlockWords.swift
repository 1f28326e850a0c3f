/// Where words begin and end in 64 bytes, and what else is counted of lines, from the masks of their bytes.
///
/// Blocks are read in order, each with what the one before left over. Only ASCII takes part: lines with letters beyond
/// it are scanned byte by byte.
struct BlockWords {
  /// A bit for each word's first byte.
  private(set) var starts: UInt64 = 0
  /// A bit for the byte behind each word.
  private(set) var ends: UInt64 = 0
  /// A bit for each line feed that follows the end of a sentence.
  private(set) var sentenceEnds: UInt64 = 0
  /// What is counted of a line, in the order of ``Counted``.
  private(set) var counted = SIMD8<UInt64>(repeating: 0)

  /// What is counted of a line: the number of a mask in ``counted``.
  enum Counted {
    static let words = 0
    static let numbers = 1
    static let capitalisedWords = 2
    static let shoutedWords = 3
    static let joins = 4
    static let digits = 5
    static let wordBytes = 6
    static let sentences = 7
  }

  /// What the block before left over.
  private var before = (letters: UInt64(0), capitals: UInt64(0), digits: UInt64(0), stops: UInt64(0))
  private var sentence: UInt64 = 0

  /// Goes on to the next block.
  /// - Parameter stops: bits for marks that may end a sentence.
  @inline(__always)
  mutating func read(_ masks: BlockMasks, stops: UInt64) {
    let (letters, capitals, digits) = (masks.letters, masks.capitals, masks.digits)
    // Masks of what the byte before was.
    let letterBefore = letters &<< 1 | before.letters &>> 63
    let capitalBefore = capitals &<< 1 | before.capitals &>> 63
    let twoCapitalsBefore = capitalBefore & (capitals &<< 2 | before.capitals &>> 62)
    let digitBefore = digits &<< 1 | before.digits &>> 63
    let joins = capitals & letterBefore & ~capitalBefore
    let letterStarts = (letters & ~letterBefore) | joins
    let numbers = digits & ~digitBefore
    let wordBytes = letters | digits
    starts = letterStarts | numbers
    ends = (letterBefore & ~letters) | joins | (digitBefore & ~digits)
    let sentences = sentenceStarts(masks, wordBytes: wordBytes, stops: stops)
    counted = SIMD8(
      starts, numbers, letterStarts & capitals, twoCapitalsBefore & ~letters, joins, digits, wordBytes, sentences)
    before = (letters, capitals, digits, stops)
  }

  /// Words before which a sentence ended: there is a stop between them and the word before, and it is not their very
  /// neighbour.
  ///
  /// Adding a stop to the mask of the gap that it stands in carries over to the first byte behind the gap.
  @inline(__always)
  private mutating func sentenceStarts(_ masks: BlockMasks, wordBytes: UInt64, stops: UInt64) -> UInt64 {
    let gaps = ~(wordBytes | masks.feeds)
    let (partial, first) = gaps.addingReportingOverflow(stops)
    let (sum, second) = partial.addingReportingOverflow(sentence)
    sentence = first || second ? 1 : 0
    let reached = sum & ~gaps
    sentenceEnds = reached & masks.feeds
    return reached & wordBytes & ~(stops &<< 1 | before.stops &>> 63)
  }
}
