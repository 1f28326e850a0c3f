import Chaff

/// A precision or recall that is wanted of a category: "content.recall=0.995".
package struct ThresholdGoal: Sendable, Equatable {
  package enum Figure: String, Sendable { case precision, recall }

  package let category: String
  package let figure: Figure
  package let value: Double

  /// Reads "category.figure=value"; nil if it is not of that form or the value not from 0 to 1.
  package init?(_ text: String) {
    guard let equals = text.lastIndex(of: "="), let value = Double(text[text.index(after: equals)...]),
      (0...1).contains(value), let dot = text[..<equals].lastIndex(of: "."), dot > text.startIndex,
      let figure = Figure(rawValue: String(text[text.index(after: dot)..<equals]))
    else { return nil }
    category = String(text[..<dot])
    self.figure = figure
    self.value = value
  }

  /// The threshold that reaches it and gives most of the other figure; nil if none does.
  package func point(on curve: PrecisionRecallCurve) -> PrecisionRecallCurve.Point? {
    figure == .recall ? curve.reaching(recall: value) : curve.reaching(precision: value)
  }
}
