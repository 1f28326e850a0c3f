import CLanes
import Chaff

/// Labelled pages as numbers: what training reads again and again.
///
/// Pages stand in an order that follows from their content alone, so that training does not depend on the order of
/// files, nor on how pages were split into parts that were merged (see ``merging(_:)``). The numbers of features, and where
/// lines stand, may be any: nothing that is trained hangs on them.
struct IndexedCorpus: Sendable {
  /// A line's features.
  struct Line: Sendable, Equatable {
    /// The label's number, or −1 for a line that is not scored.
    var label: Int
    var lengthClass: Int
    var form: Int
    /// Where its features lie in `features`.
    var features: Range<Int>
    /// Its words, for what cleaning loses.
    var words: Int
    /// The checksum of its bytes, which names it.
    var text: UInt64
    /// By block, how many more features it has, of which only that is known: they count in totals.
    var leftOut = SIMD4<UInt32>(repeating: 0)
  }

  /// The most copies that a page may count as.
  static let copyLimit = 1_000_000

  struct Page: Sendable, Equatable {
    var isPart: Bool
    var lines: Range<Int>
    /// How often the page counts: its weight.
    var copies = 1
  }

  var labels = LabelSet([Label]())
  var index = FeatureIndex()
  var features: [UInt32] = []
  var lines: [Line] = []
  var pages: [Page] = []
  /// What names of features are found in, for as long as there are none.
  var texts = LineTexts()
  /// How many features it had that are in no line any more.
  var leftOutFeatures = 0
  /// Features without a name yet that are too long to be in a model.
  var longNames: Set<UInt32> = []

  /// No pages.
  init() {}

  /// - Parameters:
  ///   - pages: whole pages and parts, in any order.
  ///   - usesForms: tell lines' forms apart; else all have form 0.
  ///   - copies: how often each page counts.
  ///   - progress: is told how much is done, from 0 to 1; by one thread, which need not be the caller's.
  init(
    _ pages: [LabelledPage], usesForms: Bool = true, copies: Int = 1, progress: (Double) -> Void = { _ in }
  ) {
    let parts = Parallel.parts(of: pages.indices, perProcessor: 1)
    var met = Parallel.map(parts.count) { part in
      // Parts are about as long, so that the first tells for all.
      // To the first the others are joined, for which there is room then.
      IndexedCorpus(of: pages[parts[part]], copies: copies, room: part == 0 ? parts.count : 1) {
        if part == 0 { progress($0) }
      }
    }
    if !usesForms { for part in met.indices { met[part].dropForms() } }
    self = Self.joining(&met)
  }

  /// Pages in the order in which they come.
  /// - Parameter room: for how many times as much there is to be room.
  private init(of pages: ArraySlice<LabelledPage>, copies: Int, room: Int, progress: (Double) -> Void) {
    let reader = RowReader(pages)
    var numbers = LabelNumbers()
    var counted = CountedFeatures(bytes: reader.byteCount, room: room)
    let rows = pages.reduce(0) { $0 + $1.rows.count }
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(rows)
    lines.reserveCapacity(rows * room)
    var next = 0
    for (number, page) in pages.enumerated() {
      progress(Double(number) / Double(pages.count))
      let start = lines.count
      for row in page.rows {
        if add(row, next, reader, &numbers, &counted) { ranges.append(reader.range(next)) }
        next += 1
      }
      if lines.count > start {
        self.pages.append(Page(isPart: page.isPart, lines: start..<lines.count, copies: copies))
      }
    }
    index = counted.index
    features = counted.features
    longNames = counted.longNames
    texts = LineTexts(reader.bytes, ranges: ranges)
    labels = LabelSet(numbers.labels)
    renumberLabels(numbers.labels.map { labels.index(of: $0) ?? -1 })
  }

  /// Exchanges the number of each labelled line's label.
  mutating func renumberLabels(_ numbers: [Int]) {
    for line in lines.indices where lines[line].label >= 0 { lines[line].label = numbers[lines[line].label] }
  }

  /// Adds a row; false if it is blank to the scanner: such a line takes no part in the chain either.
  private mutating func add(
    _ row: LabelledPage.Row, _ number: Int, _ reader: RowReader, _ numbers: inout LabelNumbers,
    _ counted: inout CountedFeatures
  ) -> Bool {
    let first = counted.features.count
    let look = reader.count(number, &counted)
    if look.isBlank { return false }
    lines.append(
      Line(
        label: numbers.number(of: row.label), lengthClass: LengthClass.of(words: look.wordCount),
        form: LineForm.of(look), features: first..<counted.features.count, words: Self.words(row.text),
        text: row.text.withUnsafeBytes { Checksum.of($0) }))
    return true
  }

  /// Pieces between spaces, at least one.
  private static func words(_ text: [UInt8]) -> Int {
    max(1, text.withUnsafeBufferPointer { chaff_count_pieces($0.baseAddress, $0.count) })
  }

  /// The labels and forms of a page's lines, for the chain's counts.
  func states(of page: Page) -> [(label: Int?, form: Int)] {
    lines[page.lines].map { (label: $0.label < 0 ? nil : $0.label, form: $0.form) }
  }

  /// Whether any line is labelled.
  var hasRows: Bool { lines.contains { $0.label >= 0 } }

  /// Lines, each as often as it counts.
  var weight: Int { pages.reduce(0) { $0 + $1.lines.count * $1.copies } }

  /// Gives all lines form 0.
  mutating func dropForms() {
    for line in lines.indices { lines[line].form = 0 }
  }

  /// Takes parts for whole pages if there is nothing else: there are no natural shares to learn then, and those of the
  /// parts are all there is.
  mutating func promoteLoneParts() {
    guard pages.allSatisfy(\.isPart) else { return }
    for page in pages.indices { pages[page].isPart = false }
  }
}
