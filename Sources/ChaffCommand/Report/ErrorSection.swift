import Chaff
import ChaffTraining

/// The worst lines of each kind of confusion, with reasons.
struct ErrorSection {
  let labels: LabelSet
  let errors: ShownErrors

  var html: String {
    guard !errors.groups.isEmpty else { return "<p>No line is wrong.</p>\n" }
    return errors.groups.map(group).joined()
  }

  private func group(_ group: ShownErrors.Group) -> String {
    let gold = labels.categoryIndex(group.gold) ?? 0
    let predicted = labels.categoryIndex(group.predicted) ?? 0
    let shown = group.errors.count < group.count ? ", the \(group.errors.count) surest of them" : ""
    return """
      <section id="confusion-\(gold)-\(predicted)" tabindex="-1">
      <h3><span class="t\(gold)">\(HTMLText.escaped(group.gold))</span> taken for <span class="t\(predicted)">\(HTMLText.escaped(group.predicted))</span>: \(DecimalText.grouped(group.count)) lines\(shown)</h3>
      <ol class="errors">
      \(group.errors.map { item($0, predicted) }.joined())</ol>
      </section>

      """
  }

  private func item(_ error: ShownError, _ predicted: Int) -> String {
    let reasons = error.reasons.map { "<span>\(HTMLText.escaped(ReasonText.short($0)))</span>" }.joined()
    return """
      <li class="b\(predicted)"><p>\(HTMLText.line(error.text))</p>
      <p class="soft"><small>\(FigureText.percent(error.probability)) \(HTMLText.escaped(error.predicted.path)), is \(HTMLText.escaped(error.gold.path)) · <bdi>\(HTMLText.escaped(error.page)):\(error.lineNumber)</bdi></small></p>
      <div class="reasons">\(reasons)</div></li>

      """
  }
}
