import Chaff

/// Labelled pages as numbers: what training reads again and again.
///
/// Pages stand in an order that follows from their content alone, so that training does not depend on the order of
/// files.
struct IndexedCorpus: Sendable {
  /// A line's features.
  struct Line: Sendable {
    /// The label's number, or −1 for a line that is not scored.
    var label: Int
    var lengthClass: Int
    var form: Int
    /// Where its hashed features lie in `features`.
    var features: Range<Int>
    /// Where its shape features lie in `shapes`.
    var shapes: Range<Int>
    /// Its words, for what cleaning loses.
    var words: Int
  }

  struct Page: Sendable {
    var isPart: Bool
    var lines: Range<Int>
  }

  let labels: LabelSet
  private let usesForms: Bool
  private(set) var index = FeatureIndex()
  private(set) var features: [UInt32] = []
  private(set) var shapes: [UInt16] = []
  private(set) var lines: [Line] = []
  private(set) var pages: [Page] = []

  /// - Parameter usesForms: tell lines' forms apart; else all have form 0.
  init(_ pages: [LabelledPage], usesForms: Bool) {
    self.usesForms = usesForms
    labels = LabelSet(pages.lazy.flatMap { $0.rows.lazy.compactMap(\.label) })
    var sink = CountingSink(index: FeatureIndex())
    for page in Self.canonicalOrder(pages) { add(page, &sink) }
    index = sink.index
  }

  /// Pages by a hash of their content, then by the content itself.
  private static func canonicalOrder(_ pages: [LabelledPage]) -> [LabelledPage] {
    let keyed = pages.map { page in
      var key: [UInt8] = [page.isPart ? 1 : 0]
      for row in page.rows {
        key.append(contentsOf: (row.label?.path ?? LabelledPageReader.skip).utf8)
        key.append(0x09)
        key.append(contentsOf: row.text)
        key.append(0x0a)
      }
      return (hash: key.withUnsafeBytes { Checksum.of($0) }, key: key, page: page)
    }
    return keyed.sorted { left, right in
      left.hash != right.hash ? left.hash < right.hash : left.key.lexicographicallyPrecedes(right.key)
    }.map(\.page)
  }

  private mutating func add(_ page: LabelledPage, _ sink: inout CountingSink) {
    let start = lines.count
    for row in page.rows {
      sink.beginLine()
      let look = row.text.withUnsafeBufferPointer { LineScanner.scan($0, into: &sink) }
      // Blank to the scanner: such a line takes no part in the chain either.
      if look.isBlank { continue }
      let label = row.label.flatMap { labels.index(of: $0) } ?? -1
      let first = features.count
      let firstShape = shapes.count
      features.append(contentsOf: sink.features)
      ShapeFeatures.forEach(look) { shapes.append(UInt16($0)) }
      lines.append(
        Line(
          label: label, lengthClass: LengthClass.of(look), form: usesForms ? LineForm.of(look) : 0,
          features: first..<features.count,
          shapes: firstShape..<shapes.count, words: max(1, row.text.split(separator: 0x20).count)))
    }
    if lines.count > start { pages.append(Page(isPart: page.isPart, lines: start..<lines.count)) }
  }

  /// The labels and forms of a page's lines, for the chain's counts.
  func states(of page: Page) -> [(label: Int?, form: Int)] {
    lines[page.lines].map { (label: $0.label < 0 ? nil : $0.label, form: $0.form) }
  }
}
