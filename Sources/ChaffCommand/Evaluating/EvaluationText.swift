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
    let parts = [
      head, classes("category", figures.categories), classes("kind", figures.kinds), confusion, thresholds,
      calibration, tradeOff,
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var head: String {
    let evaluation = figures.evaluation
    let pages = "\(DecimalText.grouped(evaluation.pages.count)) pages"
    let sites = figures.units < evaluation.pages.count ? " of \(DecimalText.grouped(figures.units)) sites" : ""
    let words = [
      "\(DecimalText.grouped(evaluation.categories.total)) lines on \(pages)\(sites);", "95 % intervals,",
      "bootstrap seed \(figures.seed)",
    ]
    return style.wrapped(words, gap: " ", indent: 0).joined(separator: "\n") + "\n"
  }

  private func code(_ name: String) -> String {
    let category = String(name.prefix { $0 != "/" })
    return labels.categoryIndex(category).map { palette[$0].terminal } ?? ""
  }

  /// A figure without its interval.
  private func bare(_ figure: Figure, _ decimals: Int = 4) -> String {
    DecimalText.fixed(figure.value, decimals: decimals)
  }

  // MARK: Precision, recall, F1

  /// With all intervals, with those of F1, with none.
  private func classes(_ title: String, _ matrix: MatrixFigures) -> String {
    let titles = [title, "precision", "recall", "F1", "support"]
    var table = TextTable([titles, titles, [title, "P", "R", "F1", "lines"]], style: style)
    func add(_ name: String, short: String, _ shares: [Figure?], _ f1: Figure, _ support: Int, code: String = "") {
      let support = DecimalText.grouped(support)
      table.add(
        [
          [name] + shares.map { $0.map { FigureText.long($0) } ?? "" } + [FigureText.long(f1), support],
          [name] + shares.map { $0.map { bare($0) } ?? "" } + [FigureText.long(f1), support],
          [short] + shares.map { $0.map { bare($0, 3) } ?? "" } + [bare(f1, 3), support],
        ], code: code)
    }
    for row in matrix.rows where row.support + row.predicted > 0 {
      add(
        row.name, short: TextTable.short(row.name), [row.precision, row.recall], row.f1, row.support,
        code: code(row.name))
    }
    let total = matrix.matrix.total
    add("macro average", short: "macro mean", [matrix.macroPrecision, matrix.macroRecall], matrix.macroF1, total)
    // With one label a line, micro precision, recall and F1 are all the accuracy.
    add("accuracy (micro average)", short: "accuracy", [nil, nil], matrix.accuracy, total)
    return table.text
  }

  /// With the categories' names over the columns, or with numbers.
  private var confusion: String {
    let matrix = figures.categories.matrix
    let classes = matrix.classes.indices
    var table = TextTable(
      [["gold ↓ predicted →"] + matrix.classes, ["gold ↓ predicted →"] + classes.map { "\($0 + 1)" }], style: style)
    for gold in classes {
      let counts = classes.map { DecimalText.grouped(matrix.counts[gold * classes.count + $0]) }
      let name = matrix.classes[gold]
      table.add([[name] + counts, ["\(gold + 1) \(name)"] + counts], code: code(name))
    }
    return table.text
  }

  // MARK: Thresholds

  private var thresholds: String {
    var table = TextTable(
      [
        ["threshold view", "average precision", "P at R≥0.90", "P at R≥0.99", "R at P≥0.90", "R at P≥0.99"],
        ["threshold view", "AP", "P@R.90", "P@R.99", "R@P.90", "R@P.99"], ["threshold", "AP", "P@R.90", "R@P.90"],
      ], style: style)
    for (index, curve) in figures.curves.enumerated() where curve.support > 0 {
      let precisions = [0.9, 0.99].map { DecimalText.fixed(curve.reaching(recall: $0)?.precision, decimals: 3) }
      let recalls = [0.9, 0.99].map { wanted in
        DecimalText.fixed(curve.reaching(precision: wanted).flatMap { curve.recall($0) }, decimals: 3)
      }
      let (name, average) = (labels.categories[index], figures.averagePrecision[index])
      table.add(
        [
          [name, FigureText.long(average)] + precisions + recalls, [name, bare(average)] + precisions + recalls,
          [name, bare(average, 3), precisions[0], recalls[0]],
        ], code: code(name))
    }
    return table.text
  }

  // MARK: Calibration

  private var calibration: String {
    let calibration = figures.calibration
    guard figures.evaluation.categories.total > 0 else { return "" }
    let titles = ["calibration", "ECE", "Brier score"]
    var table = TextTable([titles, titles], style: style)
    func add(_ name: String, _ error: Figure, _ brier: Figure, code: String = "") {
      table.add(
        [[name, FigureText.long(error), FigureText.long(brier)], [name, bare(error), bare(brier)]], code: code)
    }
    for (index, name) in labels.categories.enumerated() {
      add(name, calibration.expectedErrors[index], calibration.brierScores[index], code: code(name))
    }
    add("predicted category", calibration.expectedError, calibration.brierScore)
    var bins = TextTable([["said", "came true", "lines", ""], ["said", "true", "lines"]], style: style)
    for bin in calibration.confidence.bins where bin.lines > 0 {
      let share = bin.share ?? 0
      let cells = [FigureText.percent(bin.meanProbability), FigureText.percent(share), DecimalText.grouped(bin.lines)]
      let bar = Columns.left(String(repeating: "█", count: Int((share * 20).rounded())), 20)
      bins.add([cells + [bar], cells])
    }
    let loss = style.wrapped(["log loss \(FigureText.long(calibration.logLoss))", "nats a line"], gap: " ", indent: 0)
    return table.text + loss.joined(separator: "\n") + "\n\n" + bins.text
  }

  // MARK: Cleaning

  private var tradeOff: String {
    guard let tradeOff = figures.tradeOff, tradeOff.words > 0, tradeOff.chaff > 0 else { return "" }
    let titles = ["clean: threshold", "article words lost", "nags removed", "chaff removed"]
    var table = TextTable([titles, titles, ["clean", "lost", "nags", "chaff"]], style: style)
    for row in figures.cleaning {
      let shares = [(row.wordsLost, 2), (row.nagsRemoved, 1), (row.chaffRemoved, 1)]
      let long = shares.map { figure, decimals in
        FigureText.percent(figure.value, decimals: decimals)
          + (figure.interval.map { " (\(FigureText.percentRange($0, decimals: decimals)))" } ?? "")
      }
      let short = shares.map { FigureText.percent($0.0.value, decimals: $0.1) }
      let name = "\(row.name) \(DecimalText.fixed(row.threshold, decimals: 3))"
      table.add([[name] + long, [name] + short, [name] + short])
    }
    let counts = [
      "of \(DecimalText.grouped(tradeOff.words)) words,", "\(DecimalText.grouped(tradeOff.nags)) nags,",
      "\(DecimalText.grouped(tradeOff.chaff)) lines of chaff",
    ]
    return table.text + style.wrapped(counts, gap: " ", indent: 0).joined(separator: "\n") + "\n"
  }
}
