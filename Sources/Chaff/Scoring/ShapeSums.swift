import CByteMask

/// The sum of the shape block's rows, for each line.
///
/// What each attribute adds is one row of a table, found without a branch: values differ from line to line as they like.
/// Only marks and what is rarer are passed over where there are none: the sum of the rows of a line without any is worked
/// out beforehand, and what differs from it is added. The sums are whole numbers, so they are the same.
///
/// Not `Sendable`: it owns its memory. Make one a thread, for each sixteen labels.
final class ShapeSums {
  /// Of all features: a feature's row less that of its attribute's first. The first attribute's have the sum of all firsts
  /// in them.
  private let rows: UnsafeMutablePointer<SIMD16<Int16>>
  private let words, bytes, digits, sentences, commas, wordLength: RangedRows
  private let first, last, capitalised, shouted, digitShare, marks, rare: UnsafePointer<SIMD16<Int16>>
  private let capitalWords: RangedRows
  private let countedMarks: SIMD16<UInt8>
  private let placeOfMark: UnsafePointer<Int>

  /// An attribute's rows by the range that a count falls into.
  private struct RangedRows {
    private let rows: UnsafePointer<SIMD16<Int16>>
    // Of the ranges, which live for ever.
    private let table: UnsafePointer<UInt8>
    private let limit: Int

    init(_ rows: UnsafePointer<SIMD16<Int16>>, _ ranges: Buckets) {
      precondition(ranges.limit >= 0)
      (self.rows, table, limit) = (rows, ranges.table, ranges.limit)
    }

    @inline(__always)
    func range(_ count: Int) -> Int { Int(table[min(count, limit)]) }

    @inline(__always)
    func row(_ count: Int) -> SIMD16<Int16> { rows[range(count)] }
  }

  /// - Parameter group: which sixteen labels.
  init(_ model: Model, group: Int) {
    func row(_ feature: Int) -> SIMD16<Int16> {
      SIMD16(truncatingIfNeeded: model.shapeRows[feature * model.labelGroups + group])
    }
    let firsts = ShapeFeatures.firstFeatures
    let rows = UnsafeMutablePointer<SIMD16<Int16>>.allocate(capacity: ShapeFeatures.count)
    let usual = firsts.reduce(SIMD16<Int16>(repeating: 0)) { $0 &+ row($1) }
    for (attribute, first) in firsts.enumerated() {
      for feature in first..<(attribute + 1 < firsts.count ? firsts[attribute + 1] : ShapeFeatures.count) {
        let difference = row(feature) &- row(first)
        (rows + feature).initialize(to: attribute == 0 ? difference &+ usual : difference)
      }
    }
    self.rows = rows
    func of(_ attribute: Int) -> UnsafePointer<SIMD16<Int16>> { UnsafePointer(rows + firsts[attribute]) }
    let ranges = ShapeFeatures.ranges
    // The order of `ShapeFeatures.forEach`.
    words = RangedRows(of(0), ranges.words)
    bytes = RangedRows(of(1), ranges.bytes)
    first = of(2)
    last = of(3)
    capitalised = of(4)
    capitalWords = RangedRows(of(4), ranges.capitalWords)
    shouted = of(5)
    digits = RangedRows(of(6), ranges.digits)
    digitShare = of(7)
    sentences = RangedRows(of(8), ranges.sentences)
    commas = RangedRows(of(9), ranges.commas)
    wordLength = RangedRows(of(10), ranges.wordLength)
    marks = of(11)
    rare = of(11 + ShapeFeatures.countedMarks.count)
    countedMarks = ranges.countedMarks
    placeOfMark = ranges.placeOfMark
  }

  deinit { rows.deallocate() }

  /// The sum of the rows of a line's features, in the order of a row's bytes.
  @inline(__always)
  func sum(_ line: UnsafePointer<LineLook>) -> SIMD16<Int16> {
    let (wordCount, letterWords, wordBytes) = (
      line.pointee.wordCount, line.pointee.letterWords, line.pointee.wordBytes
    )
    var sum = words.row(wordCount)
    sum &+= bytes.row(line.pointee.byteCount)
    sum &+= first[ShapeFeatures.edge(line.pointee.first)]
    sum &+= last[ShapeFeatures.edge(line.pointee.last)]
    let share = ShapeFeatures.sixth(line.pointee.capitalisedWords, of: letterWords)
    sum &+= capitalised[share &* 5 &+ capitalWords.range(letterWords)]
    sum &+= shouted[ShapeFeatures.sixth(line.pointee.shoutedWords, of: letterWords)]
    sum &+= digits.row(line.pointee.digitCount)
    sum &+= digitShare[ShapeFeatures.sixth(line.pointee.digitCount, of: wordBytes)]
    sum &+= sentences.row(line.pointee.sentences &+ (line.pointee.endsSentence ? 1 : 0))
    sum &+= commas.row(line.pointee.count(.comma))
    sum &+= wordLength.row(ShapeFeatures.quotient(wordBytes, max(1, wordCount)))
    addMarks(line.pointee.marks, to: &sum)
    let (joins, times, years) = (line.pointee.joins, line.pointee.times, line.pointee.years)
    let (ideographs, addresses) = (line.pointee.ideographs, line.pointee.addresses)
    guard joins | times | years | ideographs | addresses != 0 else { return sum }
    sum &+= rare[min(joins, 2)]
    sum &+= rare[3 &+ min(times, 2)]
    sum &+= rare[6 &+ min(years, 2)]
    sum &+= rare[9 &+ min(ideographs, 2)]
    sum &+= rare[12 &+ min(addresses, 2)]
    return sum
  }

  @inline(__always)
  private func addMarks(_ all: SIMD16<UInt8>, to sum: inout SIMD16<Int16>) {
    let counts = all & countedMarks
    // The top bit of a number or of what is missing to 256 is set, unless it is 0.
    var rest = chaff_top_bits(counts | (0 &- counts))
    @inline(__always) func addNext() {
      // Where none is left, that is the stop's lane, which is not counted: no mark of the first kind.
      let lane = rest.trailingZeroBitCount & 15
      rest &= rest &- 1
      sum &+= marks[3 &* placeOfMark[lane] &+ min(Int(counts[lane]), 2)]
    }
    // Two without asking whether there are as many: a wrong guess costs more.
    addNext()
    addNext()
    while rest != 0 { addNext() }
  }
}
