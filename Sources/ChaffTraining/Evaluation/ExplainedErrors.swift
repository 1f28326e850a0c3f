import Chaff

/// Explains lines of an evaluation against what they are, by the model that judged them.
package struct ExplainedErrors {
  private let evaluation: Evaluation
  private var names: [Int: FeatureNames] = [:]
  private var pages: [Int: PageExplanation] = [:]

  package init(_ evaluation: Evaluation) { self.evaluation = evaluation }

  /// Why a line was judged as it was, against its gold label; against the runner-up, where the model does not know that
  /// label or it was right.
  package mutating func explanation(line: Int) -> LineExplanation? {
    let scored = evaluation.lines[line]
    let model = evaluation.judges[evaluation.judgeOfPage[scored.page]].model
    let page = page(scored.page)
    guard let label = model.labels.index(of: evaluation.labels.labels[scored.predicted]) else { return nil }
    let gold = model.labels.index(of: evaluation.labels.labels[scored.gold])
    guard
      let rival = gold == label
        ? page.decided(row: scored.row)?.runnerUp : gold ?? page.decided(row: scored.row)?.runnerUp
    else { return nil }
    return page.explanation(row: scored.row, label: label, against: rival)
  }

  private mutating func page(_ number: Int) -> PageExplanation {
    if let known = pages[number] { return known }
    let judge = evaluation.judgeOfPage[number]
    let model = evaluation.judges[judge].model
    let names = self.names[judge] ?? FeatureNames(model)
    self.names[judge] = names
    let page = PageExplanation(
      evaluation.pages[number].rows.map(\.text), model: model, names: names, linesAlone: evaluation.linesAlone)
    pages[number] = page
    return page
  }
}
