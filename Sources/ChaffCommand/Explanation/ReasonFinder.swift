import Chaff

/// Finds the strongest reasons for the labels of a page's lines.
struct ReasonFinder {
  private let model: Model
  private let names: FeatureNames
  private let linesAlone: Bool
  private let count: Int

  /// - Parameter count: how many reasons a line has at most.
  init(model: Model, linesAlone: Bool, count: Int) {
    self.model = model
    self.linesAlone = linesAlone
    self.count = count
    names = FeatureNames(model)
  }

  /// The reasons of each row, the strongest first; none for a blank row.
  func reasons(_ rows: [[UInt8]]) -> [[LineExplanation.Part]] {
    let page = PageExplanation(rows, model: model, names: names, linesAlone: linesAlone)
    return rows.indices.map { row in
      guard let decided = page.decided(row: row) else { return [] }
      return page.explanation(row: row, label: decided.label, against: decided.runnerUp)?.strongest(count) ?? []
    }
  }
}
