import Chaff
import JSONText

/// Reads the pages that are to be labelled.
enum LabelInput {
  /// The pages of all files that have a line to label.
  static func read(_ options: InputOptions, _ context: CommandContext) throws(CommandError) -> [LabelPage] {
    var pages: [LabelPage] = []
    let failure = try options.forEachFile(context) { (file, input) throws(FileFailure) in
      let name = InputOptions.name(file)
      do throws(EitherFailure<CommandError>) {
        if options.isJSON(file) {
          try readJSON(input, name, options, &pages)
        } else {
          try readText(input, name, options, &pages)
        }
      } catch {
        switch error {
        case .reading(let reason): throw .passedOver(InputOptions.unreadable(file, reason))
        case .body(let failure): throw .ends(failure)
        }
      }
    }
    if let failure { throw failure }
    pages.removeAll { $0.rows.isEmpty }
    guard !pages.isEmpty else { throw CommandError(.badData, "no lines to label") }
    return pages
  }

  private static func readText(
    _ input: LineInput, _ name: String, _ options: InputOptions, _ pages: inout [LabelPage]
  ) throws(EitherFailure<CommandError>) {
    var text: [UInt8] = []
    try input.forEachLine { (line, _) throws(CommandError) in
      text.append(contentsOf: line)
      text.append(0x0a)
    }
    pages.append(LabelPage(name: name, text: text, classifier: options.classifier))
  }

  private static func readJSON(
    _ input: LineInput, _ name: String, _ options: InputOptions, _ pages: inout [LabelPage]
  ) throws(EitherFailure<CommandError>) {
    var number = 0
    try input.forEachLine { (line, _) throws(CommandError) in
      number += 1
      guard !LineSplitter.isBlank(line) else { return }
      do throws(JSONError) {
        guard let text = try JSONObject(Array(line)).string(options.field) else { throw .missingKey(options.field) }
        pages.append(LabelPage(name: "\(name):\(number)", text: text, classifier: options.classifier))
      } catch {
        throw CommandError(.badData, "\(name):\(number): \(error)")
      }
    }
  }
}
