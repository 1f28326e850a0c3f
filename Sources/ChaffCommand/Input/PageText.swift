import Chaff
import JSONText

/// A page's text, and where it was found.
struct PageText {
  /// The file, as messages call it.
  let file: String
  /// The line of JSON Lines, from 1; nil where the file itself is the page.
  var line: Int?
  /// Rows end with line feeds.
  let text: [UInt8]

  /// `pages.jsonl:3`, or the file.
  var place: String { line.map { "\(file):\($0)" } ?? file }
}

extension LineInput {
  /// Calls `body` with each page of the input.
  /// - Parameters:
  ///   - name: what messages call the input.
  ///   - field: each line is a JSON object, and its field of this name a page; nil where the whole input is one page.
  /// - Throws: a data error for the first object that is wrong, after the pages before it.
  func forEachPage(
    of name: String, field: String?, _ body: (PageText) throws(CommandError) -> Void
  ) throws(EitherFailure<CommandError>) {
    guard let field else {
      var text: [UInt8] = []
      try forEachLine { (line, _) throws(CommandError) in
        text.append(contentsOf: line)
        text.append(0x0a)
      }
      do throws(CommandError) { try body(PageText(file: name, text: text)) } catch { throw .body(error) }
      return
    }
    var number = 0
    try forEachLine { (line, _) throws(CommandError) in
      number += 1
      guard !LineSplitter.isBlank(line) else { return }
      let page: PageText
      do throws(JSONError) {
        let mark = number == 1 && line.starts(with: JSONBatch.byteOrderMark) ? JSONBatch.byteOrderMark.count : 0
        guard let text = try JSONObject(Array(line[mark...])).string(field) else { throw .missingKey(field) }
        page = PageText(file: name, line: number, text: text)
      } catch {
        throw CommandError(.badData, "\(name):\(number): \(error)")
      }
      try body(page)
    }
  }
}

extension InputOptions {
  /// Calls `body` with each page of all files; one that cannot be read is said and passed over.
  /// - Throws: what `body` throws and a wrong object at once, what was passed over at the end.
  func forEachPage(
    _ context: CommandContext, _ body: (PageText) throws(CommandError) -> Void
  ) throws(CommandError) {
    let failure = try forEachFile(context) { (file, input) throws(FileFailure) in
      do throws(EitherFailure<CommandError>) {
        try input.forEachPage(of: InputOptions.name(file), field: isJSON(file) ? field : nil, body)
      } catch {
        switch error {
        case .reading(let reason): throw .passedOver(InputOptions.unreadable(file, reason))
        case .body(let failure): throw .ends(failure)
        }
      }
    }
    if let failure { throw failure }
  }
}
