import Chaff

/// A line with a label and what a model made of it.
package struct ScoredLine: Sendable, Equatable {
  /// The number of its page in the evaluation.
  package let page: Int
  /// The number of its row on the page.
  package let row: Int
  /// The number of its label among those of the evaluation.
  package let gold: Int
  /// The number of the predicted label.
  package let predicted: Int
}
