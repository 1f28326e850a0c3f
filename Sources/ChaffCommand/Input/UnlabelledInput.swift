import Chaff
import JSONText

/// Reads pages without labels, to learn from.
enum UnlabelledInput {
  /// The texts of all files: a file is a page, or each line of JSON Lines is one, with a field `text`.
  static func read(_ files: [String], _ context: CommandContext) throws(CommandError) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    for file in files {
      guard let descriptor = System.open(file) else { throw CommandError(.noInput, "\(file): \(System.reason)") }
      defer { System.close(descriptor) }
      do throws(EitherFailure<CommandError>) {
        let input = LineInput(descriptor: descriptor)
        if file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson") {
          try readJSON(input, file, &texts)
        } else {
          try readText(input, &texts)
        }
      } catch {
        switch error {
        case .reading(let reason): throw InputOptions.unreadable(file, reason)
        case .body(let failure): throw failure
        }
      }
    }
    return texts
  }

  private static func readText(
    _ input: LineInput, _ texts: inout [[UInt8]]
  ) throws(EitherFailure<CommandError>) {
    var text: [UInt8] = []
    try input.forEachLine { (line, _) throws(CommandError) in
      text.append(contentsOf: line)
      text.append(0x0a)
    }
    texts.append(text)
  }

  private static func readJSON(
    _ input: LineInput, _ file: String, _ texts: inout [[UInt8]]
  ) throws(EitherFailure<CommandError>) {
    var number = 0
    try input.forEachLine { (line, _) throws(CommandError) in
      number += 1
      guard !LineSplitter.isBlank(line) else { return }
      do throws(JSONError) {
        guard let text = try JSONObject(Array(line)).string(InputOptions.defaultField) else {
          throw .missingKey(InputOptions.defaultField)
        }
        texts.append(text)
      } catch {
        throw CommandError(.badData, "\(file):\(number): \(error)")
      }
    }
  }
}
