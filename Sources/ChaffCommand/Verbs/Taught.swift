import Chaff
import ChaffTraining

/// What `train --base` and `forget` share.
enum Taught {
  /// Writes a taught model and says what it has learnt.
  static func write(_ result: Teacher.Result, to output: String, _ context: CommandContext) throws(CommandError) {
    try ModelFile.write(result.bytes, to: output)
    let record =
      result.recordSize == 0
      ? "" : ", \(DecimalText.size(result.recordSize)) of it so that rows can be forgotten (--sealed leaves that out)"
    try context.print(
      """
      own rows  \(DecimalText.grouped(result.rows)) on \(DecimalText.grouped(result.pages)) pages and parts
      model     \(output), \(DecimalText.size(result.bytes.count))\(record)

      """)
  }

  static func error(_ failure: Teacher.Failure, base: String) -> CommandError {
    switch failure {
    case .noRows: CommandError(.badData, "no labelled rows")
    case .unknownLabel(let label, let file, let line):
      CommandError(
        .badData, "\(file):\(line): \(base) has no label \"\(label)\"; a new label needs training on all rows")
    case .notLearnt(let file, let line):
      CommandError(.badData, "\(file):\(line): \(base) has not learnt this row, or not as often")
    case .tooManyRows(let count, let limit):
      CommandError(
        .badData, "\(DecimalText.grouped(count)) rows; at most \(DecimalText.grouped(limit)) can be counted")
    case .invalidWeight(let weight): .usage("a row cannot count \(weight) times")
    case .unusableBase(let reason): CommandError(.badData, "\(base): \(reason)")
    }
  }
}
