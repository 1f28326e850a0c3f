import ChaffTraining
import JSONText

/// An evaluation as text for people and as JSON for programs.
struct EvaluationReport {
  private let evaluation: Evaluation
  /// Bootstrap intervals of F1 by class, then of accuracy and macro-F1.
  private let categoryIntervals: [Interval?]
  private let kindIntervals: [Interval?]

  init(_ evaluation: Evaluation) {
    self.evaluation = evaluation
    categoryIntervals = Self.intervals(evaluation.categoriesByPage, evaluation.categories)
    kindIntervals = Self.intervals(evaluation.kindsByPage, evaluation.kinds)
  }

  private static func intervals(_ pages: [ConfusionMatrix], _ whole: ConfusionMatrix) -> [Interval?] {
    let classes = whole.classes.indices
    return Bootstrap.intervals(pages, count: classes.count + 2) { matrix in
      classes.map { matrix.f1($0) } + [matrix.accuracy, matrix.macroF1]
    }
  }

  // MARK: Text

  var text: String {
    let lines = DecimalText.grouped(evaluation.categories.total)
    return """
      \(lines) lines on \(DecimalText.grouped(evaluation.categoriesByPage.count)) pages

      \(table("category", evaluation.categories, categoryIntervals))
      \(table("kind", evaluation.kinds, kindIntervals))
      \(confusion(evaluation.categories))
      """
  }

  private func table(_ title: String, _ matrix: ConfusionMatrix, _ intervals: [Interval?]) -> String {
    let width = (matrix.classes.map(\.utf8.count).max() ?? 0) + 2
    var text = Columns.left(title, max(width, 14))
    text += ["precision", "recall", "F1"].map { Columns.left($0, 21) }.joined() + "support\n"
    for index in matrix.classes.indices where matrix.support(index) + matrix.predicted(index) > 0 {
      text += Columns.left(matrix.classes[index], max(width, 14))
      text += Columns.left(
        figure(matrix.precision(index), .wilson(successes: matrix.correct(index), trials: matrix.predicted(index))), 21)
      text += Columns.left(
        figure(matrix.recall(index), .wilson(successes: matrix.correct(index), trials: matrix.support(index))), 21)
      text += Columns.left(figure(matrix.f1(index), intervals[index]), 21)
      text += DecimalText.grouped(matrix.support(index)) + "\n"
    }
    text += Columns.left("macro average", max(width, 14))
    text += Columns.left(DecimalText.fixed(matrix.macroPrecision), 21)
    text += Columns.left(DecimalText.fixed(matrix.macroRecall), 21)
    text += figure(matrix.macroF1, intervals[matrix.classes.count + 1]) + "\n"
    // With one label a line, micro precision, recall and F1 are all the accuracy.
    text += Columns.left("accuracy (micro average)", max(width, 14) + 42)
    text += figure(matrix.accuracy, intervals[matrix.classes.count]) + "\n"
    return text
  }

  private func figure(_ value: Double?, _ interval: Interval?) -> String {
    guard let value, let interval else { return DecimalText.fixed(value) }
    func short(_ value: Double) -> String {
      let text = DecimalText.fixed(value, decimals: 3)
      return text.hasPrefix("0") ? String(text.dropFirst()) : text
    }
    return "\(DecimalText.fixed(value)) (\(short(interval.low))–\(short(interval.high)))"
  }

  private func confusion(_ matrix: ConfusionMatrix) -> String {
    let width = (matrix.classes.map(\.utf8.count).max() ?? 0) + 2
    var text = "gold ↓ predicted →\n" + Columns.left("", width)
    text += matrix.classes.map { Columns.right($0, width) }.joined() + "\n"
    for gold in matrix.classes.indices {
      text += Columns.left(matrix.classes[gold], width)
      text +=
        matrix.classes.indices.map { predicted in
          Columns.right(DecimalText.grouped(matrix.counts[gold * matrix.classes.count + predicted]), width)
        }.joined() + "\n"
    }
    return text
  }

  // MARK: JSON

  /// `{"lines", "pages", "categories": {…}, "kinds": {…}}`; each part has `accuracy`, `macro_precision`,
  /// `macro_recall`, `macro_f1`, `classes` and `confusion` (rows are gold). Undefined figures are null.
  var json: String {
    """
    {"lines": \(evaluation.categories.total), "pages": \(evaluation.categoriesByPage.count), \
    "categories": \(json(evaluation.categories, categoryIntervals)), "kinds": \(json(evaluation.kinds, kindIntervals))}

    """
  }

  private func json(_ matrix: ConfusionMatrix, _ intervals: [Interval?]) -> String {
    let count = matrix.classes.count
    let classes = matrix.classes.indices.map { index in
      """
      \(quoted(matrix.classes[index])): {"precision": \(number(matrix.precision(index))), \
      "precision_interval": \(range(.wilson(successes: matrix.correct(index), trials: matrix.predicted(index)))), \
      "recall": \(number(matrix.recall(index))), \
      "recall_interval": \(range(.wilson(successes: matrix.correct(index), trials: matrix.support(index)))), \
      "f1": \(number(matrix.f1(index))), "f1_interval": \(range(intervals[index])), "support": \(matrix.support(index))}
      """
    }
    let rows = matrix.classes.indices.map { gold in
      "[" + (0..<count).map { String(matrix.counts[gold * count + $0]) }.joined(separator: ", ") + "]"
    }
    return """
      {"accuracy": \(number(matrix.accuracy)), "accuracy_interval": \(range(intervals[count])), \
      "macro_precision": \(number(matrix.macroPrecision)), "macro_recall": \(number(matrix.macroRecall)), \
      "macro_f1": \(number(matrix.macroF1)), "macro_f1_interval": \(range(intervals[count + 1])), \
      "classes": {\(classes.joined(separator: ", "))}, "confusion": [\(rows.joined(separator: ", "))]}
      """
  }

  private func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "null" }

  private func range(_ interval: Interval?) -> String {
    interval.map { "[\($0.low), \($0.high)]" } ?? "null"
  }

  private func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONString.append(text.utf8, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
