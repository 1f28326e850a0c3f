import Chaff
import ChaffTraining

/// The report's headline figures, tables by class, the confusion heat map and the folds.
struct FigureSections {
  let figures: EvaluationFigures

  var cards: String {
    let calibration = figures.calibration
    let entries: [(String, Figure)] = [
      ("accuracy", figures.categories.accuracy), ("macro-F1", figures.categories.macroF1),
      ("accuracy by kind", figures.kinds.accuracy), ("expected calibration error", calibration.expectedError),
      ("log loss, nats", calibration.logLoss),
    ]
    return "<dl class=\"cards\">\n"
      + entries.map { name, figure in
        let interval = figure.interval.map { "<small class=\"soft\">95 %: \(FigureText.range($0))</small>" } ?? ""
        return "<div><dt>\(name)</dt><dd>\(DecimalText.fixed(figure.value, decimals: 3))\(interval)</dd></div>\n"
      }.joined() + "</dl>\n"
  }

  func classes(_ title: String, _ matrix: MatrixFigures) -> String {
    let labels = figures.evaluation.labels
    var table = HTMLTable(title, ["", "precision", "recall", "F1", "lines"])
    for row in matrix.rows where row.support + row.predicted > 0 {
      let category = labels.categoryIndex(String(row.name.prefix { $0 != "/" }))
      table.add(
        row.name,
        [row.precision, row.recall, row.f1].map { HTMLTable.cell($0) } + [DecimalText.grouped(row.support)],
        series: category)
    }
    table.add(
      "macro average",
      [matrix.macroPrecision, matrix.macroRecall, matrix.macroF1].map { HTMLTable.cell($0) }
        + [DecimalText.grouped(matrix.matrix.total)])
    return table.html
  }

  /// Rows are gold; shades go by the share of the row, and what is wrong leads to its worst lines.
  var confusion: String {
    let matrix = figures.categories.matrix
    let classes = matrix.classes.indices
    let head = classes.map { "<th scope=\"col\">\(HTMLText.escaped(matrix.classes[$0]))</th>" }.joined()
    let rows = classes.map { gold in
      "<tr><th scope=\"row\" class=\"t\(gold)\">\(HTMLText.escaped(matrix.classes[gold]))</th>"
        + classes.map { cell(matrix, gold, $0) }.joined() + "</tr>\n"
    }.joined()
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="Confusion matrix"><table class="matrix" id="confusion-matrix">
      <caption>Rows are what lines are, columns what they were taken for; shares are of the row. What is wrong leads to its worst lines.</caption>
      <thead><tr><th scope="col">is ↓ taken for →</th>\(head)</tr></thead>
      <tbody>
      \(rows)</tbody></table></div>

      """
  }

  private func cell(_ matrix: ConfusionMatrix, _ gold: Int, _ predicted: Int) -> String {
    let count = matrix.counts[gold * matrix.classes.count + predicted]
    let support = matrix.support(gold)
    let share = support > 0 ? Double(count) / Double(support) : 0
    let shade = count > 0 ? max(1, Int((share * 10).rounded())) : 0
    let style = shade > 0 ? " class=\"\(gold == predicted ? "h" : "w")\(shade)\"" : ""
    let text = "\(DecimalText.grouped(count))<small>\(FigureText.percent(support > 0 ? share : nil))</small>"
    guard gold != predicted, count > 0 else { return "<td\(style)><span>\(text)</span></td>" }
    return "<td\(style)><a href=\"#confusion-\(gold)-\(predicted)\">\(text)</a></td>"
  }

  static func folds(_ crossValidation: CrossValidation) -> String {
    var table = HTMLTable(
      "Folds, seed \(crossValidation.seed)", ["fold", "pages", "lines", "accuracy", "macro-F1", "accuracy by kind"])
    for (number, fold) in crossValidation.folds.enumerated() {
      table.add(
        String(number + 1),
        [DecimalText.grouped(fold.pages), DecimalText.grouped(fold.lines)]
          + [fold.accuracy, fold.macroF1, fold.kindAccuracy].map { DecimalText.fixed($0) })
    }
    return table.html
  }
}
