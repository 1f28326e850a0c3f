import Foundation

/// The table for people and the same as JSON.
struct Report {
  let results: [Result]

  /// The row that all are compared with.
  private var reference: Result? { results.first }

  /// A table in Markdown.
  var table: String {
    let head = "| | s | CPU s | MB/s | time ÷ `wc -w` | CPU ÷ `wc -w` | peak MiB |\n|---|---|---|---|---|---|---|\n"
    return head + results.map(row).joined()
  }

  private func row(_ result: Result) -> String {
    let cells = [
      result.subject.name, seconds(result.seconds), seconds(result.processorSeconds), number(result.speed, 0),
      number(ratio(result, \.seconds), 2), number(ratio(result, \.processorSeconds), 2),
      number(result.peakMebibytes, 1),
    ]
    return "| " + cells.joined(separator: " | ") + " |\n"
  }

  /// What is short has more decimals.
  private func seconds(_ value: Double) -> String { number(value, value < 0.01 ? 5 : 3) }

  /// The time for a byte against the reference's.
  private func ratio(_ result: Result, _ time: KeyPath<Result, Double>) -> Double? {
    guard let reference, let bytes = result.subject.bytes, let all = reference.subject.bytes else { return nil }
    return result[keyPath: time] / Double(bytes) * Double(all) / reference[keyPath: time]
  }

  private func number(_ value: Double?, _ decimals: Int) -> String {
    value.map { String(format: "%.\(decimals)f", $0) } ?? ""
  }

  /// The results as JSON.
  func json() throws -> Data {
    let rows = results.map { result -> [String: Any] in
      var row: [String: Any] = [
        "name": result.subject.name, "seconds": result.seconds, "processorSeconds": result.processorSeconds,
      ]
      row["peakMebibytes"] = result.peakMebibytes
      row["bytes"] = result.subject.bytes
      row["timeByReference"] = ratio(result, \.seconds)
      row["processorTimeByReference"] = ratio(result, \.processorSeconds)
      return row
    }
    let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys]
    return try JSONSerialization.data(withJSONObject: ["results": rows], options: options)
  }
}
