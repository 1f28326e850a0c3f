import CLanes

/// The sum of the shape block's rows, for each line.
///
/// What each attribute adds is one row of a table, found without a branch: values differ from line to line as they like
/// (`chaff_sum_shapes`). What is seldom more than none has no row of its own: the sum of the rows of a line without any is
/// worked out beforehand, and what differs from it is added. The sums are whole numbers, so they are the same.
///
/// Not `Sendable`: it owns its memory. Make one a thread, for each sixteen labels.
final class ShapeSums {
  /// Of all features: a feature's row less that of its attribute's first. The first attribute's have the sum of all firsts
  /// in them. Then marks, three rows for each ``LineLook/Mark``; then what is rarer, a row for all five attributes at once.
  private let rows: UnsafeMutablePointer<SIMD16<Int16>>
  /// The first row of each attribute before marks, and of what is rarer.
  private let firsts: UnsafeMutablePointer<Int32>
  private let countedMarks: UnsafeMutablePointer<UInt8>
  private let shapes: chaff_shapes

  private static let rareCount = 5
  /// None, one, or several of each.
  private static let rareRows = 243

  /// - Parameter group: which sixteen labels.
  init(_ model: Model, group: Int) {
    func row(_ feature: Int) -> SIMD16<Int16> {
      SIMD16(truncatingIfNeeded: model.shapeRow(feature, group: group))
    }
    let attributes = ShapeFeatures.firstFeatures
    let (marks, kinds) = (attributes.count - Self.rareCount - ShapeFeatures.countedMarks.count, 3 * 16)
    let plain = attributes[marks]
    rows = .allocate(capacity: plain + kinds + Self.rareRows)
    rows.initialize(repeating: SIMD16(repeating: 0), count: plain + kinds + Self.rareRows)
    let usual = attributes.reduce(SIMD16<Int16>(repeating: 0)) { $0 &+ row($1) }
    for (attribute, first) in attributes[..<marks].enumerated() {
      for feature in first..<attributes[attribute + 1] {
        rows[feature] = row(feature) &- row(first) &+ (attribute == 0 ? usual : SIMD16(repeating: 0))
      }
    }
    countedMarks = .allocate(capacity: 16)
    countedMarks.initialize(repeating: 0, count: 16)
    for (place, mark) in ShapeFeatures.countedMarks.enumerated() {
      let (first, kind) = (attributes[marks + place], Int(mark.rawValue))
      countedMarks[kind] = 255
      for few in 0..<3 { rows[plain + 3 * kind + few] = row(first + few) &- row(first) }
    }
    for number in 0..<Self.rareRows {
      var rest = number
      // The last attribute is the lowest digit.
      for first in attributes.suffix(Self.rareCount).reversed() {
        rows[plain + kinds + number] &+= row(first + rest % 3) &- row(first)
        rest /= 3
      }
    }
    firsts = .allocate(capacity: marks + 1)
    for (place, first) in (attributes[..<marks] + [plain + kinds]).enumerated() { firsts[place] = Int32(first) }
    let ranges = ShapeFeatures.ranges
    shapes = chaff_shapes(
      rows: UnsafeMutableRawPointer(rows).assumingMemoryBound(to: Int16.self), firsts: firsts, marks: UInt32(plain),
      counted_marks: countedMarks, comma: Int(LineLook.Mark.comma.rawValue), words: ranges.words.bounds,
      bytes: ranges.bytes.bounds, digits: ranges.digits.bounds, sentences: ranges.sentences.bounds,
      commas: ranges.commas.bounds, word_length: ranges.wordLength.bounds, capital_words: ranges.capitalWords.bounds)
  }

  deinit {
    rows.deallocate()
    firsts.deallocate()
    countedMarks.deallocate()
  }

  /// Sums the rows of lines' features, in the order of a row's bytes.
  /// - Complexity: O(lines).
  func sum(_ lines: LineColumns, count: Int, to sums: UnsafeMutablePointer<SIMD16<Int16>>) {
    withUnsafePointer(to: shapes) {
      chaff_sum_shapes(lines.batches, count, $0, UnsafeMutableRawPointer(sums).assumingMemoryBound(to: Int16.self))
    }
  }
}
