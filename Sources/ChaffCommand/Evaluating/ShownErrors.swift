import Chaff
import ChaffTraining

/// A wrong line with what was said of it.
struct ShownError {
  let page: String
  let lineNumber: Int
  let text: [UInt8]
  let gold: Label
  let predicted: Label
  /// Of the predicted category.
  let probability: Double
  let reasons: [LineExplanation.Part]
}

/// The worst lines of each kind of confusion, with the strongest reasons.
struct ShownErrors {
  static let reasonCount = 3

  struct Group {
    let gold: String
    let predicted: String
    let count: Int
    let errors: [ShownError]
  }

  let groups: [Group]

  /// - Parameter count: at most so many lines of each kind of confusion.
  init(_ figures: EvaluationFigures, count: Int) {
    let evaluation = figures.evaluation
    var explained = ExplainedErrors(evaluation)
    groups = figures.confusions.groups.map { group in
      let errors = group.lines.prefix(count).map { line in
        Self.error(evaluation, line, reasons: explained.explanation(line: line)?.strongest(Self.reasonCount) ?? [])
      }
      return Group(
        gold: evaluation.labels.categories[group.gold], predicted: evaluation.labels.categories[group.predicted],
        count: group.lines.count, errors: errors)
    }
  }

  static func error(_ evaluation: Evaluation, _ line: Int, reasons: [LineExplanation.Part]) -> ShownError {
    let scored = evaluation.lines[line]
    let page = evaluation.pages[scored.page]
    return ShownError(
      page: page.name.isEmpty ? page.file : "\(page.file) (\(page.name))", lineNumber: page.rows[scored.row].lineNumber,
      text: page.rows[scored.row].text, gold: evaluation.labels.labels[scored.gold],
      predicted: evaluation.labels.labels[scored.predicted], probability: evaluation.confidence(line: line),
      reasons: reasons)
  }
}

extension ShownErrors {
  /// As text for a terminal.
  func text(_ style: TextStyle) -> String {
    groups.map { group in
      let head = style.bold(
        TextStyle.clip(
          "\(group.gold) taken for \(group.predicted): \(DecimalText.grouped(group.count)) lines", style.width))
      return head + "\n" + group.errors.map { Self.text($0, style) }.joined()
    }.joined(separator: "\n")
  }

  private static func text(_ error: ShownError, _ style: TextStyle) -> String {
    let percent = FigureText.percent(error.probability)
    let place = "\(TextStyle.safe(error.page.utf8)):\(error.lineNumber)"
    let reasons = style.wrapped(
      ["\(percent) \(error.predicted), is \(error.gold):"] + error.reasons.map(ReasonText.short), indent: 4)
    return TextStyle.clip("  " + TextStyle.safe(error.text), style.width) + "\n"
      + reasons.map { "    " + style.dim($0) + "\n" }.joined()
      + "    " + style.dim(TextStyle.clip(place, style.width - 4)) + "\n"
  }

  /// As JSON.
  var json: JSONValue {
    .list(
      groups.map { group in
        .object([
          ("gold", .text(group.gold)), ("predicted", .text(group.predicted)), ("count", .count(group.count)),
          ("lines", .list(group.errors.map(\.json))),
        ])
      })
  }
}

extension ShownError {
  var json: JSONValue {
    .object([
      ("page", .text(page)), ("line", .count(lineNumber)),
      ("text", .text(String(decoding: text, as: UTF8.self))), ("gold", .text(gold.path)),
      ("predicted", .text(predicted.path)), ("probability", .number(probability)),
      ("reasons", .list(reasons.map(ReasonText.json))),
    ])
  }
}
