import Chaff
import ChaffTraining

/// Every scored line as JSON Lines: page, line, gold, predicted and the probability of each category, in full.
enum PredictionFile {
  static func bytes(_ evaluation: Evaluation) -> [UInt8] {
    var bytes: [UInt8] = []
    for (number, line) in evaluation.lines.enumerated() {
      let page = evaluation.pages[line.page]
      let probabilities = evaluation.labels.categories.enumerated().map { category, name in
        (name, JSONValue.number(evaluation.probability(line: number, category: category)))
      }
      JSONValue.object([
        ("file", .text(page.file)), ("page", .count(line.page + 1)), ("line", .count(page.rows[line.row].lineNumber)),
        ("gold", .text(evaluation.labels.labels[line.gold].path)),
        ("predicted", .text(evaluation.labels.labels[line.predicted].path)),
        ("probabilities", .object(probabilities)),
      ]).append(to: &bytes)
      bytes.append(0x0a)
    }
    return bytes
  }
}
