import Chaff
import ChaffTraining

/// The report's drawings: precision and recall, calibration, and what cleaning costs.
struct ChartSections {
  let figures: EvaluationFigures

  private var names: [String] { figures.evaluation.labels.categories }
  /// Categories that have lines.
  private var shown: [Int] { names.indices.filter { figures.curves[$0].support > 0 } }

  private func legend(_ entries: [(series: Int, name: String)]) -> String {
    "<ul class=\"legend\">"
      + entries.map { series, name in
        "<li><svg viewBox=\"0 0 36 12\" aria-hidden=\"true\"><path class=\"line s\(series)\" d=\"M0 6L36 6\"/></svg>"
          + HTMLText.escaped(name) + "</li>"
      }.joined() + "</ul>\n"
  }

  private func details(_ table: HTMLTable) -> String {
    "<details class=\"figures\"><summary>The figures as a table</summary>\(table.html)</details>\n"
  }

  // MARK: Precision and recall

  var curves: String {
    let summary = shown.map { "\(names[$0]) \(FigureText.long(figures.averagePrecision[$0], decimals: 3))" }
    var chart = LineChart(
      "curves", title: "Precision and recall of each category",
      description: "Average precision: \(summary.joined(separator: ", ")).", xLabel: "recall", yLabel: "precision")
    var table = HTMLTable(
      "Precision at a wanted recall, recall at a wanted precision",
      [
        "category", "average precision", "P at R ≥ 0.80", "P at R ≥ 0.90", "P at R ≥ 0.99", "R at P ≥ 0.80",
        "R at P ≥ 0.90", "R at P ≥ 0.99",
      ])
    for category in shown {
      let curve = figures.curves[category]
      let points = curve.thinned(to: 300)
      chart.addLine(points.map { (curve.recall($0) ?? 0, $0.precision) }, series: category)
      let precisions = [0.8, 0.9, 0.99].map { at(curve.reaching(recall: $0)) { $0.precision } }
      let recalls = [0.8, 0.9, 0.99].map { at(curve.reaching(precision: $0)) { curve.recall($0) } }
      table.add(
        names[category], [HTMLTable.cell(figures.averagePrecision[category])] + precisions + recalls, series: category)
    }
    return "<figure>\(chart.svg)\(legend(shown.map { ($0, names[$0]) }))</figure>\n" + table.html
  }

  private func at(_ point: PrecisionRecallCurve.Point?, _ value: (PrecisionRecallCurve.Point) -> Double?) -> String {
    guard let point, let value = value(point) else { return "n/a" }
    return DecimalText.fixed(value, decimals: 3)
      + " <small class=\"soft\">from \(DecimalText.fixed(point.threshold, decimals: 4))</small>"
  }

  // MARK: Calibration

  var calibration: String {
    let calibration = figures.calibration
    var html = "<div class=\"charts\">\n"
    html += reliability("all", "predicted category", calibration.confidence, calibration.expectedError, series: nil)
    for category in shown {
      html += reliability(
        "c\(category)", names[category], calibration.categories[category], calibration.expectedErrors[category],
        series: category)
    }
    var table = HTMLTable("Calibration", ["", "expected calibration error", "Brier score"])
    table.add(
      "predicted category",
      [HTMLTable.cell(calibration.expectedError, decimals: 4), HTMLTable.cell(calibration.brierScore, decimals: 4)])
    for category in shown {
      table.add(
        names[category],
        [
          HTMLTable.cell(calibration.expectedErrors[category], decimals: 4),
          HTMLTable.cell(calibration.brierScores[category], decimals: 4),
        ], series: category)
    }
    return html + "</div>\n" + table.html
  }

  private func reliability(
    _ identifier: String, _ name: String, _ calibration: Calibration, _ error: Figure, series: Int?
  ) -> String {
    var chart = LineChart(
      "reliability-\(identifier)", title: "Reliability: \(name)",
      description: "Expected calibration error \(FigureText.long(error, decimals: 3)).", xLabel: "probability said",
      yLabel: "share that came true", isSmall: true)
    var table = HTMLTable("Reliability: \(name)", ["probability", "lines", "mean said", "came true"])
    let most = calibration.bins.map(\.lines).max() ?? 0
    for bin in calibration.bins where most > 0 {
      chart.addBar(from: bin.low, to: bin.high, height: Double(bin.lines) / Double(most) * 0.2)
    }
    chart.addDiagonal()
    for bin in calibration.bins {
      guard let said = bin.meanProbability, let share = bin.share else { continue }
      let range = Interval.wilson(successes: bin.hits, trials: bin.lines)
      let hint = "said \(FigureText.percent(said)), came true \(FigureText.percent(share)) of \(bin.lines) lines"
      chart.addPoint(x: said, y: share, range: range.map { ($0.low, $0.high) }, series: series ?? 0, hint: hint)
      table.add(
        "\(DecimalText.fixed(bin.low, decimals: 1))–\(DecimalText.fixed(bin.high, decimals: 1))",
        [DecimalText.grouped(bin.lines), DecimalText.fixed(said, decimals: 3), HTMLTable.cell(Figure(share, range))])
    }
    return "<figure><h3>\(HTMLText.escaped(name))</h3>\(chart.svg)\(details(table))</figure>\n"
  }

  // MARK: Cleaning

  var cleaning: String {
    guard let tradeOff = figures.tradeOff, tradeOff.words > 0, tradeOff.chaff > 0 else {
      return "<p>No article, or nothing beside it: there is nothing to clean.</p>\n"
    }
    let named = figures.cleaning
    let farthest = named.compactMap(\.wordsLost.value).max() ?? 0
    let largest = min(1, max(0.02, (farthest * 2 * 50).rounded(.up) / 50))
    var chart = LineChart(
      "cleaning", title: "Nags removed against article words lost",
      description: named.map(words).joined(separator: ". "),
      xLabel: "article words lost", yLabel: "share removed", xLargest: largest)
    let points = tradeOff.thinned(to: 800)
    // In the colours of what there is most of.
    let nags = names.firstIndex(of: "registration") ?? 1
    let chaff = names.firstIndex(of: "navigation") ?? 0
    if tradeOff.nags > 0 {
      chart.addLine(points.map { (tradeOff.lost($0) ?? 0, tradeOff.nagShare($0) ?? 0) }, series: nags)
    }
    chart.addLine(points.map { (tradeOff.lost($0) ?? 0, tradeOff.chaffShare($0) ?? 0) }, series: chaff)
    var table = HTMLTable(
      "What clean would do",
      ["threshold", "", "article words lost", "nags removed", "all chaff removed"])
    for row in named {
      let share = (tradeOff.nags > 0 ? row.nagsRemoved : row.chaffRemoved).value ?? 0
      chart.addMark(x: row.wordsLost.value ?? 0, y: share, name: row.name, hint: words(row))
      let lost = row.wordsLost.interval.map {
        " <small class=\"soft\">\(FigureText.percentRange($0, decimals: 2))</small>"
      }
      table.add(
        row.name,
        [
          DecimalText.fixed(row.threshold, decimals: 4),
          FigureText.percent(row.wordsLost.value, decimals: 2) + (lost ?? ""), HTMLTable.cell(row.nagsRemoved),
          HTMLTable.cell(row.chaffRemoved),
        ])
    }
    let entries =
      (tradeOff.nags > 0 ? [(nags, "nags (registration, donation)")] : []) + [(chaff, "all that is not the article")]
    return "<figure>\(chart.svg)\(legend(entries))<figcaption>Of \(DecimalText.grouped(tradeOff.words)) article words, "
      + "\(DecimalText.grouped(tradeOff.nags)) nags and \(DecimalText.grouped(tradeOff.chaff)) lines of chaff.</figcaption></figure>\n"
      + table.html
  }

  private func words(_ row: CleaningFigures) -> String {
    "\(row.name): \(FigureText.percent(row.wordsLost.value, decimals: 2)) of words lost, "
      + "\(FigureText.percent(row.nagsRemoved.value)) of nags and \(FigureText.percent(row.chaffRemoved.value)) of chaff removed"
  }
}
