import Chaff
import ChaffTraining

/// An evaluation as text for people.
struct EvaluationText {
  private let figures: EvaluationFigures
  private let style: TextStyle
  private let palette: Palette

  init(_ figures: EvaluationFigures, style: TextStyle) {
    self.figures = figures
    self.style = style
    palette = Palette(categories: figures.evaluation.labels.categories)
  }

  private var labels: LabelSet { figures.evaluation.labels }

  /// All sections, each after a blank line.
  var text: String {
    let evaluation = figures.evaluation
    let lines = DecimalText.grouped(evaluation.categories.total)
    let pages = DecimalText.grouped(evaluation.pages.count)
    var head = "\(lines) lines on \(pages) pages"
    if figures.units < evaluation.pages.count { head += " of \(DecimalText.grouped(figures.units)) sites" }
    head += "; 95 % intervals, bootstrap seed \(figures.seed)\n"
    return
      ([head, classes("category", figures.categories), classes("kind", figures.kinds), confusion, thresholds]
      + [calibration, tradeOff]).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func code(_ name: String) -> String {
    let category = String(name.prefix { $0 != "/" })
    return labels.categoryIndex(category).map { palette[$0].terminal } ?? ""
  }

  // MARK: Precision, recall, F1

  private func classes(_ title: String, _ matrix: MatrixFigures) -> String {
    // Intervals go where there is room for them: all, those of F1, or none.
    let room = style.width >= 100 ? 2 : style.width >= 78 ? 1 : 0
    func share(_ figure: Figure) -> String {
      room == 2 ? FigureText.long(figure) : FigureText.long(.init(figure.value, nil))
    }
    func average(_ figure: Figure) -> String {
      room > 0 ? FigureText.long(figure) : FigureText.long(.init(figure.value, nil))
    }
    var table = TextTable([title, "precision", "recall", "F1", "support"], style: style)
    for row in matrix.rows where row.support + row.predicted > 0 {
      table.add(
        [row.name, share(row.precision), share(row.recall), average(row.f1), DecimalText.grouped(row.support)],
        code: code(row.name))
    }
    table.add([
      "macro average", share(matrix.macroPrecision), share(matrix.macroRecall), average(matrix.macroF1),
      DecimalText.grouped(matrix.matrix.total),
    ])
    // With one label a line, micro precision, recall and F1 are all the accuracy.
    table.add(["accuracy (micro average)", "", "", average(matrix.accuracy), DecimalText.grouped(matrix.matrix.total)])
    return table.text
  }

  private var confusion: String {
    let matrix = figures.categories.matrix
    let classes = matrix.classes.indices
    // Long names stand in the rows only.
    let needed = 24 + matrix.classes.reduce(0) { $0 + max(7, $1.count) + 2 }
    let isShort = needed > style.width
    var table = TextTable(
      ["gold ↓ predicted →"] + classes.map { isShort ? "\($0 + 1)" : matrix.classes[$0] }, style: style)
    for gold in classes {
      table.add(
        [(isShort ? "\(gold + 1) " : "") + matrix.classes[gold]]
          + classes.map { DecimalText.grouped(matrix.counts[gold * classes.count + $0]) },
        code: code(matrix.classes[gold]))
    }
    return table.text
  }

  // MARK: Thresholds

  private var thresholds: String {
    var table = TextTable(
      ["threshold view", "average precision"] + [0.9, 0.99].map { "P at R≥\(short($0))" }
        + [0.9, 0.99].map { "R at P≥\(short($0))" }, style: style)
    for (index, curve) in figures.curves.enumerated() where curve.support > 0 {
      let precisions = [0.9, 0.99].map {
        FigureText.long(.init(curve.reaching(recall: $0)?.precision, nil), decimals: 3)
      }
      let recalls = [0.9, 0.99].map { wanted in
        FigureText.long(.init(curve.reaching(precision: wanted).flatMap { curve.recall($0) }, nil), decimals: 3)
      }
      let average = figures.averagePrecision[index]
      table.add(
        [
          labels.categories[index],
          style.width >= 78 ? FigureText.long(average) : FigureText.long(.init(average.value, nil)),
        ]
          + precisions + recalls, code: code(labels.categories[index]))
    }
    return table.text
  }

  private func short(_ value: Double) -> String { DecimalText.fixed(value, decimals: 2) }

  // MARK: Calibration

  private var calibration: String {
    let calibration = figures.calibration
    guard figures.evaluation.categories.total > 0 else { return "" }
    var table = TextTable(["calibration", "ECE", "Brier score"], style: style)
    for (index, name) in labels.categories.enumerated() {
      table.add(
        [name, FigureText.long(calibration.expectedErrors[index]), FigureText.long(calibration.brierScores[index])],
        code: code(name))
    }
    table.add([
      "predicted category", FigureText.long(calibration.expectedError), FigureText.long(calibration.brierScore),
    ])
    var bins = TextTable(["said", "came true", "lines", ""], style: style)
    for bin in calibration.confidence.bins where bin.lines > 0 {
      let share = bin.share ?? 0
      bins.add([
        FigureText.percent(bin.meanProbability), FigureText.percent(share), DecimalText.grouped(bin.lines),
        Columns.left(String(repeating: "█", count: Int((share * 20).rounded())), 20),
      ])
    }
    return table.text + "log loss \(FigureText.long(calibration.logLoss)) nats a line\n\n" + bins.text
  }

  // MARK: Cleaning

  private var tradeOff: String {
    guard let tradeOff = figures.tradeOff, tradeOff.words > 0, tradeOff.chaff > 0 else { return "" }
    var table = TextTable(["clean: threshold", "article words lost", "nags removed", "chaff removed"], style: style)
    let isWide = style.width >= 96
    func share(_ figure: Figure, _ decimals: Int = 1) -> String {
      FigureText.percent(figure.value, decimals: decimals)
        + (isWide ? figure.interval.map { " (\(FigureText.percentRange($0, decimals: decimals)))" } ?? "" : "")
    }
    for row in figures.cleaning {
      table.add([
        "\(row.name) \(DecimalText.fixed(row.threshold, decimals: 3))", share(row.wordsLost, 2), share(row.nagsRemoved),
        share(row.chaffRemoved),
      ])
    }
    return table.text
      + "of \(DecimalText.grouped(tradeOff.words)) words, \(DecimalText.grouped(tradeOff.nags)) nags, \(DecimalText.grouped(tradeOff.chaff)) lines of chaff\n"
  }
}
