import Chaff

/// An explained page as JSON: schema 1.
///
/// `{"schema": 1, "file", "line", "lines": [{"text", "label", "runner_up", "probability", "runner_up_probability", "score",
/// "blocks": {name: nats}, "parts": [{"source", "name", "nats"}]}]}`. The score is the sum of the parts, added in their
/// order; a blank line has its text only. A page of JSON Lines has the number of its line in the file, any other none.
enum ExplanationJSON {
  static func page(_ page: PageText, _ lines: [[UInt8]], _ explanations: [LineExplanation?]) -> JSONValue {
    .object(
      [("schema", .count(1)), ("file", .text(page.file))] + (page.line.map { [("line", .count($0))] } ?? []) + [
        ("lines", .list(zip(lines, explanations).map { line($0, $1) }))
      ])
  }

  private static func line(_ text: [UInt8], _ explanation: LineExplanation?) -> JSONValue {
    let text = ("text", JSONValue.text(String(decoding: text, as: UTF8.self)))
    guard let explanation else { return .object([text]) }
    return .object([
      text, ("label", .text(explanation.label.path)), ("runner_up", .text(explanation.runnerUp.path)),
      ("probability", .number(explanation.probability)),
      ("runner_up_probability", .number(explanation.runnerUpProbability)), ("score", .number(explanation.score)),
      ("blocks", .object(explanation.blocks.map { ($0.name, .number($0.nats)) })),
      ("parts", .list(explanation.parts.map(ReasonText.json))),
    ])
  }
}
