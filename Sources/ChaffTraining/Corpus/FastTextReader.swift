import Chaff

/// Reads fastText's format: `__label__x text`, a row a line. Each row is a part of its own.
enum FastTextReader {
  static let prefix = Array("__label__".utf8)

  static func read(_ bytes: [UInt8], file: String) throws(CorpusError) -> [LabelledPage] {
    var source = try RowSource(bytes, file: file)
    var labels = LabelCache()
    var pages: [LabelledPage] = []
    while let row = try source.row() {
      if row.isBlank { continue }
      guard row.starts(with: prefix) else { throw source.error(.noFastTextLabel) }
      let rest = row.dropFirst(prefix.count)
      let end = rest.firstIndex { $0 == 0x20 || $0 == 0x09 } ?? rest.endIndex
      guard let label = labels.label(rest[..<end]) else { throw source.error(.invalidLabel(rest[..<end].text)) }
      let text = rest[end...].drop { $0 == 0x20 || $0 == 0x09 }
      guard !text.isBlank else { throw source.error(.noText) }
      let line = LabelledPage.Row(label: label, text: Array(text), lineNumber: source.lineNumber)
      pages.append(LabelledPage(file: file, isPart: true, rows: [line]))
    }
    guard !pages.isEmpty else { throw CorpusError(file: file, line: nil, fault: .empty) }
    return pages
  }
}
