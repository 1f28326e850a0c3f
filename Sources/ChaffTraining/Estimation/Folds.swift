/// Splits pages into folds for estimates on data that was held out.
struct Folds: Sendable {
  let count: Int

  /// The fold of each page. Pages stand in an order that follows from their content, so dealing them out in turn is as
  /// good as chance, and the same wherever it is done.
  func fold(ofPage page: Int) -> Int { page % count }
}
