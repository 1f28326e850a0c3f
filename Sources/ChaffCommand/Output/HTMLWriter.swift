import Chaff

/// One self-contained page with the lines coloured by category, the probability on hover, and a legend.
struct HTMLWriter: RowWriter {
  private let labels: LabelSet
  private let palette: Palette
  private var isBegun = false

  init(labels: LabelSet) {
    self.labels = labels
    palette = Palette(categories: labels.categories)
  }

  mutating func beginPage(name: String, into output: inout [UInt8]) {
    begin(into: &output)
    output.append(contentsOf: "<h2>".utf8)
    SafeText.appendHTML(name.utf8, to: &output)
    output.append(contentsOf: "</h2>\n".utf8)
  }

  mutating func write(_ row: JudgedRow, into output: inout [UInt8]) {
    guard let posteriors = row.posteriors else {
      output.append(contentsOf: "<p class=\"blank\">&nbsp;</p>\n".utf8)
      return
    }
    let decision = Decision(posteriors, labels: labels)
    output.append(contentsOf: "<p class=\"c\(decision.category)\" title=\"".utf8)
    SafeText.appendHTML(labels.labels[decision.label].path.utf8, to: &output)
    let percent = Double(decision.probability) * 100
    let reasons = row.reasons.map { "; " + ReasonText.short($0) }.joined()
    output.append(contentsOf: " \(DecimalText.fixed(percent, decimals: 1)) %".utf8)
    SafeText.appendHTML(reasons.utf8, to: &output)
    output.append(contentsOf: "\">".utf8)
    SafeText.appendHTML(row.line, to: &output)
    output.append(contentsOf: "</p>\n".utf8)
  }

  mutating func end(into output: inout [UInt8]) {
    begin(into: &output)
    output.append(contentsOf: "</main>\n</body>\n</html>\n".utf8)
  }

  /// The head and the legend, once.
  private mutating func begin(into output: inout [UInt8]) {
    guard !isBegun else { return }
    isBegun = true
    var rules = ""
    var legend = ""
    for (index, category) in labels.categories.enumerated() {
      if let hue = palette[index].hue {
        rules += ".c\(index){background:hsl(\(hue) 70% 92%);border-color:hsl(\(hue) 60% 45%)}\n"
        rules += "@media(prefers-color-scheme:dark){.c\(index){background:hsl(\(hue) 40% 18%)}}\n"
      }
      var name: [UInt8] = []
      SafeText.appendHTML(category.utf8, to: &name)
      legend += "<li class=\"c\(index)\">\(String(decoding: name, as: UTF8.self))</li>\n"
    }
    output.append(
      contentsOf: """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>chaff classify</title>
        <style>
        :root{color-scheme:light dark}
        body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:48rem;padding:0 1rem}
        p,li{border-left:.3rem solid transparent;margin:.15rem 0;padding:.1rem .6rem;overflow-wrap:anywhere}
        p.blank{background:none}
        ul{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0}
        \(rules)</style>
        </head>
        <body>
        <main>
        <ul aria-label="Legend">
        \(legend)</ul>

        """.utf8)
  }
}
