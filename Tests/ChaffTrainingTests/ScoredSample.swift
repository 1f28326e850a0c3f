/// Predictions whose figures were recorded from scikit-learn 1.7 (`Tests/Scripts/figures.py` compares anew where it is
/// installed).
enum ScoredSample {
  static let probabilities = [
    0.02, 0.1, 0.1, 0.15, 0.2, 0.25, 0.3, 0.31, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.6, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85,
    0.9, 0.95, 1.0,
  ]
  static let isMember = [0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1].map { $0 == 1 }

  static var lines: [(probability: Double, isMember: Bool)] { Array(zip(probabilities, isMember)) }
}
