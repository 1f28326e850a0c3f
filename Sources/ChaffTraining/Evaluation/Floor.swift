import Chaff

/// A least value that an evaluation must reach: "macro-f1=0.9", "registration.recall=0.8".
public struct Floor: Sendable, Equatable {
  /// What is measured: `accuracy`, `macro-f1`, `macro-precision`, `macro-recall`, `kind-accuracy`, `kind-macro-f1`, or
  /// a category or kind, a dot, and `precision`, `recall` or `f1`.
  public let figure: String
  /// The least value that will do.
  public let least: Double

  /// Reads "figure=value".
  /// - Returns: nil if there is no such figure, or the value is not from 0 to 1.
  public init?(_ text: String) {
    // The last "=": a label may have one.
    guard let equals = text.lastIndex(of: "="), let least = Double(text[text.index(after: equals)...]),
      (0...1).contains(least)
    else { return nil }
    let figure = String(text[..<equals])
    guard Self.whole.contains(figure) || Self.classFigure(figure) != nil else { return nil }
    self.figure = figure
    self.least = least
  }

  private static let whole = [
    "accuracy", "macro-f1", "macro-precision", "macro-recall", "kind-accuracy", "kind-macro-f1",
  ]

  private static func classFigure(_ figure: String) -> (name: String, figure: String)? {
    guard let dot = figure.lastIndex(of: ".") else { return nil }
    let name = String(figure[figure.index(after: dot)...])
    guard ["precision", "recall", "f1"].contains(name), dot > figure.startIndex else { return nil }
    return (String(figure[..<dot]), name)
  }

  /// Whether the figure's class is known to the evaluation; a figure without a class always is.
  public func isKnown(to evaluation: Evaluation) -> Bool {
    guard let (name, _) = Self.classFigure(figure) else { return true }
    return evaluation.categories.classes.contains(name) || evaluation.kinds.classes.contains(name)
  }

  /// Whether the figure's class is one of these labels or their categories; a figure without a class always is.
  package func isKnown(to labels: LabelSet) -> Bool {
    guard let (name, _) = Self.classFigure(figure) else { return true }
    return labels.categoryIndex(name) != nil || Label(name).flatMap { labels.index(of: $0) } != nil
  }

  /// The figure's value; nil if it is undefined.
  public func value(in evaluation: Evaluation) -> Double? {
    switch figure {
    case "accuracy": return evaluation.categories.accuracy
    case "macro-f1": return evaluation.categories.macroF1
    case "macro-precision": return evaluation.categories.macroPrecision
    case "macro-recall": return evaluation.categories.macroRecall
    case "kind-accuracy": return evaluation.kinds.accuracy
    case "kind-macro-f1": return evaluation.kinds.macroF1
    default: break
    }
    guard let (name, figure) = Self.classFigure(figure) else { return nil }
    let matrix = evaluation.categories.classes.contains(name) ? evaluation.categories : evaluation.kinds
    guard let index = matrix.classes.firstIndex(of: name) else { return nil }
    switch figure {
    case "precision": return matrix.precision(index)
    case "recall": return matrix.recall(index)
    default: return matrix.f1(index)
    }
  }

  /// Whether the figure is reached; an undefined one is not.
  public func isReached(in evaluation: Evaluation) -> Bool {
    value(in: evaluation).map { $0 >= least } ?? false
  }
}
