import Chaff
import ChaffTraining

/// An evaluation as one HTML file to look at: no script, nothing loaded from anywhere, and a policy that says so.
struct EvaluationHTML {
  let figures: EvaluationFigures
  let errors: ShownErrors
  let crossValidation: CrossValidation?
  let title: String
  /// How many pages to show at most; nil for as many as a browser opens at once.
  var pageLimit: Int?

  var bytes: [UInt8] {
    let evaluation = figures.evaluation
    let tables = FigureSections(figures: figures)
    let charts = ChartSections(figures: figures)
    var output = Array(head.utf8)
    func add(_ identifier: String, _ heading: String, _ html: String) {
      output.append(
        contentsOf: "<section aria-labelledby=\"\(identifier)\"><h2 id=\"\(identifier)\">\(heading)</h2>\n".utf8)
      output.append(contentsOf: html.utf8)
      output.append(contentsOf: "</section>\n".utf8)
    }
    add(
      "figures", "Figures",
      tables.cards + tables.classes("By category", figures.categories)
        + (crossValidation.map(FigureSections.folds) ?? "")
        + "<details class=\"figures\"><summary>By kind</summary>\(tables.classes("By kind", figures.kinds))</details>\n"
    )
    add("confusions", "What is taken for what", tables.confusion)
    add("curves", "Precision and recall", charts.curves)
    add("calibration", "Calibration", charts.calibration)
    add("cleaning", "Cleaning", charts.cleaning)
    add("errors", "Worst lines", ErrorSection(labels: evaluation.labels, errors: errors).html)
    output.append(contentsOf: "<section aria-labelledby=\"pages\"><h2 id=\"pages\">Pages</h2>\n".utf8)
    PageMapSection(evaluation, limit: pageLimit).write(into: &output)
    output.append(contentsOf: "</section>\n</main>\n</body>\n</html>\n".utf8)
    return output
  }

  private static let sections = [
    ("figures", "Figures"), ("confusions", "Confusions"), ("curves", "Precision and recall"),
    ("calibration", "Calibration"), ("cleaning", "Cleaning"), ("errors", "Worst lines"), ("pages", "Pages"),
  ]

  private var head: String {
    let evaluation = figures.evaluation
    let colours = ReportColours(categories: evaluation.labels.categories)
    let name = HTMLText.escaped(TextStyle.clip(title, 300))
    let sites = figures.units < evaluation.pages.count ? " of \(DecimalText.grouped(figures.units)) sites" : ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light dark">
      <title>\(name)</title>
      <style>
      \(ReportStyle.sheet(colours))</style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the figures</a>
      <header><h1>\(name)</h1>
      <p class="soft">\(DecimalText.grouped(evaluation.categories.total)) lines on \(DecimalText.grouped(evaluation.pages.count)) pages\(sites). \
      Small ranges are 95 % intervals: Wilson's for shares of lines, a bootstrap over pages (seed \(figures.seed)) for the others.</p></header>
      <nav class="top" aria-label="Sections"><ul>\(Self.sections.map { "<li><a href=\"#\($0)\">\($1)</a></li>" }.joined())</ul></nav>
      <main id="main">

      """
  }
}
