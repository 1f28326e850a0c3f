import Chaff

/// Explains page after page by one model.
struct PageExplainer {
  private let model: Model
  private let names: FeatureNames
  private let linesAlone: Bool

  /// - Complexity: O(features of the model).
  init(model: Model, linesAlone: Bool) {
    self.model = model
    self.linesAlone = linesAlone
    names = FeatureNames(model)
  }

  /// Why each row was judged as it was, against a label or else the runner-up; nil for a blank row.
  func explanations(_ rows: [[UInt8]], against rival: Int? = nil) -> [LineExplanation?] {
    PageExplanation(rows, model: model, names: names, linesAlone: linesAlone).explanations(against: rival)
  }

  /// The strongest reasons of each row, at most `count`; none for a blank row.
  func reasons(_ rows: [[UInt8]], count: Int) -> [[LineExplanation.Part]] {
    explanations(rows).map { $0?.strongest(count) ?? [] }
  }
}
