import Chaff
import JSONText

/// Reads labelled JSON Lines: objects with strings `label` and `text`, and optionally `page`.
///
/// Neighbouring rows with the same `page` are a whole page; a row without one is a part of its own.
enum LabelledJSONReader {
  static func read(_ bytes: [UInt8], file: String) throws(CorpusError) -> [LabelledPage] {
    var source = try RowSource(bytes, file: file)
    var labels = LabelCache()
    var pages: [LabelledPage] = []
    while let row = try source.row() {
      if row.isBlank { continue }
      let fields: (label: [UInt8], text: [UInt8], page: [UInt8]?)
      do throws(JSONError) {
        fields = try self.fields(row)
      } catch {
        throw source.error(.json(error.description))
      }
      guard let label = labels.label(fields.label[...]) else {
        throw source.error(.invalidLabel(fields.label[...].text))
      }
      // A line feed in a text would make two lines of one.
      let text = fields.text.map { $0 == 0x0a ? 0x20 : $0 }
      guard !text[...].isBlank else { throw source.error(.noText) }
      let line = LabelledPage.Row(label: label, text: text, lineNumber: source.lineNumber)
      append(line, page: fields.page.map { $0[...].text }, file, &pages)
    }
    guard !pages.isEmpty else { throw CorpusError(file: file, line: nil, fault: .empty) }
    return pages
  }

  private static func append(
    _ row: LabelledPage.Row, page: String?, _ file: String, _ pages: inout [LabelledPage]
  ) {
    if let page, let last = pages.last, !last.isPart, last.name == page {
      pages[pages.count - 1].rows.append(row)
    } else {
      pages.append(LabelledPage(file: file, name: page ?? "", isPart: page == nil, rows: [row]))
    }
  }

  private static func fields(
    _ row: ArraySlice<UInt8>
  ) throws(JSONError) -> (label: [UInt8], text: [UInt8], page: [UInt8]?) {
    let object = try JSONObject(Array(row))
    guard let label = try object.string("label") else { throw .missingKey("label") }
    guard let text = try object.string("text") else { throw .missingKey("text") }
    return (label, text, try object.string("page"))
  }
}
