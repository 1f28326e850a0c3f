import Chaff

/// Reads labelled pages: rows `label<TAB>text`, a blank row ends a page, rows that begin with `#` are comments,
/// `# part` before a page marks a fragment.
///
/// Only a blank row ends a page. A `# part` among a page's rows is refused: it would be a page that its writer took for
/// ended. Other comments among them say nothing.
public enum LabelledPageReader {
  /// The label of rows that are neither trained on nor scored.
  public static let skip = "skip"

  /// Reads the pages of a file.
  /// - Parameters:
  ///   - bytes: the whole file: UTF-8 with or without a byte-order mark, LF or CRLF, with or without a final line end.
  ///   - file: its name, for errors.
  /// - Throws: ``CorpusError`` for the first row that is wrong.
  public static func read(_ bytes: [UInt8], file: String) throws(CorpusError) -> [LabelledPage] {
    let source = try RowSource(bytes, file: file)
    // Behind a page nothing is left that was said of it, so that what follows can be read by itself; of a small file that
    // would not be worth a thread.
    let pieces = source.pieces(atMost: min(Parallel.processorCount, bytes.count / smallestPiece + 1)) { !isComment($0) }
    var pages: [LabelledPage] = []
    for read in Parallel.map(pieces.count, { piece in Result { () throws(CorpusError) in try read(pieces[piece]) } }) {
      pages.append(contentsOf: try read.get())
    }
    guard !pages.isEmpty else { throw CorpusError(file: file, line: nil, fault: .empty) }
    return pages
  }

  /// How many bytes are worth a thread.
  static let smallestPiece = 1 << 18

  private static func read(_ source: RowSource) throws(CorpusError) -> [LabelledPage] {
    var source = source
    var pages: [LabelledPage] = []
    var page = LabelledPage(file: source.file, rows: [])
    var labels = LabelCache()
    while let row = try source.row() {
      if isComment(row) {
        try comment(row, source, &page)
      } else if row.isBlank {
        finish(&page, &pages)
      } else {
        page.rows.append(try labelled(row, source, &labels))
      }
    }
    finish(&page, &pages)
    return pages
  }

  private static func isComment(_ row: ArraySlice<UInt8>) -> Bool { row.first == UInt8(ascii: "#") }

  private static func comment(
    _ row: ArraySlice<UInt8>, _ source: RowSource, _ page: inout LabelledPage
  ) throws(CorpusError) {
    var words = row.dropFirst()
    while words.first == 0x20 { words = words.dropFirst() }
    while words.last == 0x20 { words = words.dropLast() }
    let text = words.text
    guard page.rows.isEmpty else {
      if text == "part" { throw source.error(.partInsidePage) }
      return
    }
    if text == "part" { page.isPart = true } else { page.name = text }
  }

  private static func finish(_ page: inout LabelledPage, _ pages: inout [LabelledPage]) {
    guard !page.rows.isEmpty else { return }
    pages.append(page)
    page = LabelledPage(file: page.file, rows: [])
  }

  private static func labelled(
    _ row: ArraySlice<UInt8>, _ source: RowSource, _ labels: inout LabelCache
  ) throws(CorpusError) -> LabelledPage.Row {
    guard let tab = row.firstIndex(of: 0x09) else { throw source.error(.noTab) }
    let text = row[(tab + 1)...]
    guard !text.isBlank else { throw source.error(.noText) }
    guard let label = labels.label(row[..<tab]) else { throw source.error(.invalidLabel(row[..<tab].text)) }
    return LabelledPage.Row(label: label, text: Array(text), lineNumber: source.lineNumber)
  }
}

/// Makes each label once.
struct LabelCache {
  private var known: [ArraySlice<UInt8>: Label?] = [:]
  /// The path before, which most rows have again.
  private var last: (path: ArraySlice<UInt8>, label: Label?) = ([], nil)

  /// The label of a path; `.some(nil)` for `skip`, nil if it is no label.
  mutating func label(_ path: ArraySlice<UInt8>) -> Label?? {
    if !path.isEmpty && path == last.path { return last.label }
    guard let label = find(path) else { return nil }
    last = (path, label)
    return label
  }

  private mutating func find(_ path: ArraySlice<UInt8>) -> Label?? {
    if let label = known[path] { return label }
    let text = path.text
    if text == LabelledPageReader.skip {
      known[path] = .some(nil)
      return .some(nil)
    }
    guard let label = Label(text) else { return nil }
    known[path] = label
    return label
  }
}
