import CLanes

/// What is known of lines that are worked on at once: a column of numbers for each of what ``LineLook`` tells, and for where
/// a line and its words begin; sixteen lines together (`chaff_line_batch`), so that all is worked out of sixteen at once.
///
/// Its memory must be deallocated.
struct LineColumns {
  let batches: UnsafeMutablePointer<chaff_line_batch>
  private let numbers: UnsafeMutablePointer<UInt32>
  private let bytes: UnsafeMutablePointer<UInt8>

  /// How many numbers a batch takes; its marks stand behind the numbers of its columns.
  private static let batchSize = MemoryLayout<chaff_line_batch>.stride / MemoryLayout<UInt32>.stride
  private static let marksOffset = CHAFF_COLUMNS * 16 * MemoryLayout<UInt32>.stride

  /// - Parameter lines: how many lines there is room for.
  init(lines: Int) {
    let count = (lines + 15) / 16
    batches = .allocate(capacity: count)
    numbers = UnsafeMutableRawPointer(batches).bindMemory(to: UInt32.self, capacity: count * Self.batchSize)
    bytes = UnsafeMutableRawPointer(numbers).assumingMemoryBound(to: UInt8.self)
  }

  func deallocate() { batches.deallocate() }

  /// A line's number in a column.
  @inline(__always)
  subscript(column: Int, line: Int) -> Int {
    get { Int(numbers[Self.place(column, line)]) }
    nonmutating set { numbers[Self.place(column, line)] = UInt32(truncatingIfNeeded: newValue) }
  }

  @inline(__always)
  private static func place(_ column: Int, _ line: Int) -> Int {
    (line &>> 4) &* batchSize &+ column &* 16 &+ (line & 15)
  }

  /// How often each ``LineLook/Mark`` stands in a line.
  @inline(__always)
  func marks(_ line: Int) -> UnsafeMutablePointer<UInt8> {
    bytes + ((line &>> 4) &* MemoryLayout<chaff_line_batch>.stride &+ Self.marksOffset &+ (line & 15) &* 16)
  }

  @inline(__always)
  func isBlank(_ line: Int) -> Bool { self[CHAFF_IS_BLANK, line] != 0 }

  @inline(__always)
  func isRegular(_ line: Int) -> Bool { self[CHAFF_IS_REGULAR, line] != 0 }

  /// Takes over what was found of a line byte by byte.
  func put(_ look: LineLook, _ line: Int) {
    self[CHAFF_WORDS, line] = look.wordCount
    self[CHAFF_LETTER_WORDS, line] = look.letterWords
    self[CHAFF_CAPITALISED, line] = look.capitalisedWords
    self[CHAFF_SHOUTED, line] = look.shoutedWords
    self[CHAFF_JOINS, line] = look.joins
    self[CHAFF_DIGITS, line] = look.digitCount
    self[CHAFF_WORD_BYTES, line] = look.wordBytes
    self[CHAFF_SENTENCES, line] = look.sentences
    self[CHAFF_ENDS_SENTENCE, line] = look.endsSentence ? 1 : 0
    self[CHAFF_BYTES, line] = look.byteCount
    self[CHAFF_FIRST, line] = ShapeFeatures.edge(look.first)
    self[CHAFF_LAST, line] = ShapeFeatures.edge(look.last)
    self[CHAFF_TIMES, line] = look.times
    self[CHAFF_YEARS, line] = look.years
    self[CHAFF_IDEOGRAPHS, line] = look.ideographs
    self[CHAFF_ADDRESSES, line] = look.addresses
    self[CHAFF_IS_BLANK, line] = look.isBlank ? 1 : 0
    for mark in 0..<16 { marks(line)[mark] = look.marks[mark] }
  }

  /// What a line looks like.
  func look(_ line: Int) -> LineLook {
    var look = LineLook(endsSentence: self[CHAFF_ENDS_SENTENCE, line] != 0)
    look.wordCount = self[CHAFF_WORDS, line]
    look.letterWords = self[CHAFF_LETTER_WORDS, line]
    look.capitalisedWords = self[CHAFF_CAPITALISED, line]
    look.shoutedWords = self[CHAFF_SHOUTED, line]
    look.joins = self[CHAFF_JOINS, line]
    look.digitCount = self[CHAFF_DIGITS, line]
    look.wordBytes = self[CHAFF_WORD_BYTES, line]
    look.sentences = self[CHAFF_SENTENCES, line]
    look.byteCount = self[CHAFF_BYTES, line]
    look.first = ShapeFeatures.code(edge: self[CHAFF_FIRST, line])
    look.last = ShapeFeatures.code(edge: self[CHAFF_LAST, line])
    look.times = self[CHAFF_TIMES, line]
    look.years = self[CHAFF_YEARS, line]
    look.ideographs = self[CHAFF_IDEOGRAPHS, line]
    look.addresses = self[CHAFF_ADDRESSES, line]
    look.isWide = look.first == 255 && !isBlank(line)
    look.marks = UnsafeRawPointer(marks(line)).loadUnaligned(as: SIMD16<UInt8>.self)
    return look
  }
}
