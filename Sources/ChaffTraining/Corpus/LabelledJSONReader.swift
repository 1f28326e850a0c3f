import Chaff
import JSONText

/// Reads labelled JSON Lines: objects with strings `label` and `text`, and optionally `page`, `site` and `url`.
///
/// Neighbouring rows with the same `page`, and the same `site` or both none, are a whole page; a row without `page` is a
/// part of its own. Without `site`, a page's site is the host of its first row's `url`.
enum LabelledJSONReader {
  static func read(_ bytes: [UInt8], file: String) throws(CorpusError) -> [LabelledPage] {
    var source = try RowSource(bytes, file: file)
    var labels = LabelCache()
    var pages: [LabelledPage] = []
    var last: Fields?
    while let row = try source.row() {
      if row.isBlank { continue }
      let fields: Fields
      do throws(JSONError) { fields = try Fields(row) } catch { throw source.error(.json(error.description)) }
      guard let label = labels.label(fields.label[...]) else {
        throw source.error(.invalidLabel(fields.label[...].text))
      }
      // A line feed in a text would make two lines of one.
      let text = fields.text.map { $0 == 0x0a ? 0x20 : $0 }
      guard !text[...].isBlank else { throw source.error(.noText) }
      let line = LabelledPage.Row(label: label, text: text, lineNumber: source.lineNumber)
      if fields.page != nil, fields.page == last?.page, fields.site == last?.site {
        pages[pages.count - 1].rows.append(line)
      } else {
        pages.append(
          LabelledPage(
            file: file, name: fields.page ?? "", site: fields.site ?? fields.url.flatMap { PageGroup.host($0[...]) },
            isPart: fields.page == nil, rows: [line]))
      }
      last = fields
    }
    guard !pages.isEmpty else { throw CorpusError(file: file, line: nil, fault: .empty) }
    return pages
  }

  /// What an object says.
  private struct Fields {
    let label: [UInt8]
    let text: [UInt8]
    let page: String?
    let site: String?
    let url: String?

    init(_ row: ArraySlice<UInt8>) throws(JSONError) {
      let object = try JSONObject(Array(row))
      guard let label = try object.string("label") else { throw .missingKey("label") }
      guard let text = try object.string("text") else { throw .missingKey("text") }
      (self.label, self.text) = (label, text)
      page = try object.string("page").map { $0[...].text }
      site = try object.stringUnlessNull("site").map { $0[...].text }
      url = try object.stringUnlessNull("url").map { $0[...].text }
    }
  }
}
