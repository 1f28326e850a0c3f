/// A line of a page and what it was judged to be.
public struct LabelledLine: Sendable, Equatable {
  /// The line as it was given.
  public let text: String
  /// What it is, or nil if it is blank: blank lines are not judged.
  public let prediction: LinePrediction?
}

/// What a line was judged to be.
public struct LinePrediction: Sendable, Equatable {
  /// The most probable kind inside the most probable category.
  public let label: Label
  /// The most probable category: the one whose kinds' posteriors sum to the most.
  public let category: String
  /// The posterior probability of the category, from 0 to 1.
  public let probability: Double
  /// The posterior probability of every label of the model, in the model's order; their sum is 1.
  public let posteriors: [Double]
}
