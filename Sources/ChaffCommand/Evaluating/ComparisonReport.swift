import Chaff
import ChaffTraining

/// A comparison of two models as text and as JSON.
struct ComparisonReport {
  let comparison: Comparison
  let firstName: String
  let secondName: String
  /// How many changed lines to show.
  let count: Int

  func text(_ style: TextStyle) -> String {
    let titles = ["compared", "A", "B", "A − B", "A better"]
    var table = TextTable([titles, titles, ["compared", "A", "B", "A − B"]], style: style)
    for row in comparison.differences {
      let (first, second) = (DecimalText.fixed(row.first), DecimalText.fixed(row.second))
      let difference = FigureText.signed(row.difference.value)
      let interval = row.difference.interval.map { " (\(FigureText.range($0)))" } ?? ""
      let wins = FigureText.percent(row.winShare)
      table.add([
        [row.name, first, second, difference + interval, wins], [row.name, first, second, difference, wins],
        [row.name, first, second, difference],
      ])
    }
    var kinds = TextTable(
      [["right by kind", "A", "B", "A only", "B only", "p", "support"], ["right by kind", "A only", "B only", "p"]],
      style: style)
    for kind in comparison.kinds {
      let only = [kind.test.firstOnly, kind.test.secondOnly].map(DecimalText.grouped)
      let p = DecimalText.fixed(kind.test.pValue)
      let right = [kind.firstRight, kind.secondRight].map(DecimalText.grouped)
      kinds.add([
        [kind.name] + right + only + [p, DecimalText.grouped(kind.support)], [TextTable.short(kind.name)] + only + [p],
      ])
    }
    let names = ["A is \(TextStyle.safe(firstName.utf8)),", "B is \(TextStyle.safe(secondName.utf8))"]
    let verdict = verdict.flatMap { style.wrapped($0.split(separator: " ").map(String.init), gap: " ", indent: 0) }
    return """
      \(style.wrapped(names, gap: " ", indent: 0).joined(separator: "\n"))
      \(verdict.joined(separator: "\n"))

      \(table.text)
      \(kinds.text)
      \(changes(style))
      """
  }

  /// Which is better, and whether that could be chance: a sentence a line.
  private var verdict: [String] {
    let test = comparison.test
    let (first, second) = (DecimalText.grouped(test.firstOnly), DecimalText.grouped(test.secondOnly))
    let head =
      "A alone is right on \(first) lines, B alone on \(second): McNemar p = \(DecimalText.fixed(test.pValue)), were lines independent"
    guard let difference = comparison.differences.first?.difference, let interval = difference.interval else {
      return [head]
    }
    if interval.low > 0 { return [head, "A is better by accuracy: the interval over pages is above 0"] }
    if interval.high < 0 { return [head, "B is better by accuracy: the interval over pages is below 0"] }
    return [head, "no difference in accuracy that other pages could not undo: the interval over pages holds 0"]
  }

  private func changes(_ style: TextStyle) -> String {
    let shown = comparison.changed.prefix(count)
    guard !shown.isEmpty else { return "" }
    let total = DecimalText.grouped(comparison.changed.count)
    let head = ["\(shown.count) of \(total) lines", "that one of them alone has right"]
    return style.wrapped(head, gap: " ", indent: 0).map { style.bold($0) + "\n" }.joined()
      + shown.map { line in
        let first = ShownErrors.error(comparison.first, line, reasons: [])
        let second = ShownErrors.error(comparison.second, line, reasons: [])
        return TextStyle.clip("  " + TextStyle.safe(first.text), style.width) + "\n"
          + style.wrapped(
            [
              "is \(first.gold);", "A \(first.predicted) \(FigureText.percent(first.probability)),",
              "B \(second.predicted) \(FigureText.percent(second.probability))",
            ], gap: " ", indent: 4
          ).map { "    " + style.dim($0) + "\n" }.joined()
      }.joined()
  }

  var json: JSONValue {
    .object([
      ("first", .text(firstName)), ("second", .text(secondName)),
      ("mcnemar", json(comparison.test)),
      (
        "differences",
        .object(
          comparison.differences.map { row in
            (
              row.name,
              .object([
                ("first", .number(row.first)), ("second", .number(row.second)),
                ("difference", .number(row.difference.value)),
                ("difference_interval", row.difference.interval.json), ("first_better", .number(row.winShare)),
              ])
            )
          })
      ),
      (
        "kinds",
        .object(
          comparison.kinds.map { kind in
            (
              kind.name,
              .object([
                ("support", .count(kind.support)), ("first_right", .count(kind.firstRight)),
                ("second_right", .count(kind.secondRight)), ("mcnemar", json(kind.test)),
              ])
            )
          })
      ),
      ("changed", .count(comparison.changed.count)),
      ("lines", .list(comparison.changed.prefix(count).map(line))),
    ])
  }

  private func json(_ test: McNemar) -> JSONValue {
    .object([
      ("first_only", .count(test.firstOnly)), ("second_only", .count(test.secondOnly)), ("p", .number(test.pValue)),
    ])
  }

  private func line(_ line: Int) -> JSONValue {
    let first = ShownErrors.error(comparison.first, line, reasons: [])
    let second = ShownErrors.error(comparison.second, line, reasons: [])
    return .object([
      ("page", .text(first.page)), ("line", .count(first.lineNumber)),
      ("text", .text(String(decoding: first.text, as: UTF8.self))), ("gold", .text(first.gold.path)),
      ("first", .text(first.predicted.path)), ("first_probability", .number(first.probability)),
      ("second", .text(second.predicted.path)), ("second_probability", .number(second.probability)),
    ])
  }
}

extension Interval? {
  /// `[low, high]`, or null.
  var json: JSONValue { map { .list([.number($0.low), .number($0.high)]) } ?? .null }
}
