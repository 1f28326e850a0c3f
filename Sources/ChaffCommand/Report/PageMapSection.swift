import Chaff
import ChaffTraining

/// Pages as coloured maps of their lines, each of which opens to its text.
///
/// The upper row is what lines are, the lower what they were taken for, and marks between them are what is wrong.
struct PageMapSection {
  /// Pages, and lines on them, at most, unless more pages are asked for: the file stays one that a browser opens at once.
  static let pageLimit = 200
  static let lineLimit = 40_000

  private let evaluation: Evaluation
  /// The scored lines of each page.
  private let linesOfPage: [Range<Int>]
  /// The pages that are shown: those with the most wrong lines first.
  private let shown: [Int]

  /// - Parameter limit: how many pages to show at most, however many lines they have; nil for ``pageLimit`` pages and
  ///   ``lineLimit`` lines.
  init(_ evaluation: Evaluation, limit: Int? = nil) {
    self.evaluation = evaluation
    var ranges: [Range<Int>] = []
    var next = 0
    for page in evaluation.pages.indices {
      let start = next
      while next < evaluation.lines.count && evaluation.lines[next].page == page { next += 1 }
      ranges.append(start..<next)
    }
    linesOfPage = ranges
    let wrong = evaluation.categoriesByPage.map { $0.total - $0.agreeing }
    var lines = 0
    shown = Array(
      evaluation.pages.indices.sorted { wrong[$0] != wrong[$1] ? wrong[$0] > wrong[$1] : $0 < $1 }
        .prefix(limit ?? Self.pageLimit)
        .prefix { page in
          lines += evaluation.pages[page].rows.count
          return limit != nil || lines <= Self.lineLimit
        })
  }

  func write(into output: inout [UInt8]) {
    let total = evaluation.pages.count
    let count =
      shown.count < total
      ? "\(DecimalText.grouped(shown.count)) of \(DecimalText.grouped(total))" : "All \(DecimalText.grouped(total))"
    let more = shown.count < total ? " <code>evaluate --report-pages N</code> shows N pages." : ""
    output.append(
      contentsOf: """
        <p>\(count) pages, those with the most wrong lines first. The upper row of a map is what the lines are, the lower what \
        they were taken for; marks between are wrong. Open a page to read it.\(more)</p>
        <ul class="legend">\(evaluation.labels.categories.enumerated().map { "<li><svg viewBox=\"0 0 36 12\" aria-hidden=\"true\"><rect class=\"f\($0)\" width=\"36\" height=\"12\"/></svg>\(HTMLText.escaped($1))</li>" }.joined())</ul>

        """.utf8)
    for page in shown { write(page, into: &output) }
  }

  private func write(_ number: Int, into output: inout [UInt8]) {
    let page = evaluation.pages[number]
    let matrix = evaluation.categoriesByPage[number]
    let wrong = matrix.total - matrix.agreeing
    let name = page.name.isEmpty ? page.file : page.name
    output.append(
      contentsOf: """
        <details class="page"><summary><bdi>\(HTMLText.escaped(TextStyle.clip(name, 120)))</bdi> <span class="soft">\(wrong) of \(matrix.total) wrong</span> \(map(number))</summary>
        \(name == page.file ? "" : "<p class=\"soft\"><bdi>\(HTMLText.escaped(page.file))</bdi></p>")
        <div class="scroll" role="region" tabindex="0" aria-label="Lines of the page"><table><thead><tr><th scope="col">row</th><th scope="col" class="text">text</th><th scope="col">is</th><th scope="col">taken for</th><th scope="col">probability</th></tr></thead><tbody>

        """.utf8)
    for (row, line) in rows(number) { write(page.rows[row], line, into: &output) }
    output.append(contentsOf: "</tbody></table></div></details>\n".utf8)
  }

  /// Each row of a page with its scored line, if it has one.
  private func rows(_ number: Int) -> [(row: Int, line: Int?)] {
    var lines = linesOfPage[number]
    return evaluation.pages[number].rows.indices.map { row in
      guard let line = lines.first, evaluation.lines[line].row == row else { return (row, nil) }
      lines.removeFirst()
      return (row, line)
    }
  }

  private func write(_ row: LabelledPage.Row, _ line: Int?, into output: inout [UInt8]) {
    guard let line else {
      output.append(
        contentsOf:
          "<tr><td>\(row.lineNumber)</td><td class=\"text soft\">\(HTMLText.line(row.text))</td><td>skip</td><td></td><td></td></tr>\n"
          .utf8)
      return
    }
    let scored = evaluation.lines[line]
    let (gold, predicted) = (evaluation.goldCategory(line), evaluation.predictedCategory(line))
    let isWrong = gold != predicted
    output.append(
      contentsOf: """
        <tr\(isWrong ? " class=\"wrong\"" : "")><td>\(isWrong ? "✗ " : "")\(row.lineNumber)</td><td class="text">\(HTMLText.line(row.text))</td>\
        <td class="t\(gold)">\(HTMLText.escaped(evaluation.labels.labels[scored.gold].path))</td>\
        <td class="t\(predicted)">\(HTMLText.escaped(evaluation.labels.labels[scored.predicted].path))</td>\
        <td>\(FigureText.percent(evaluation.confidence(line: line)))</td></tr>

        """.utf8)
  }

  /// The map: a unit a row, neighbours of one colour as one piece.
  private func map(_ number: Int) -> String {
    let rows = rows(number)
    var pieces = [String](repeating: "", count: evaluation.labels.categories.count)
    var faults = ""
    var unscored = ""
    func gather(_ y: Int, _ category: (Int) -> Int) {
      var start = 0
      while start < rows.count {
        let own = rows[start].line.map(category)
        var end = start + 1
        while end < rows.count, rows[end].line.map(category) == own { end += 1 }
        let piece = "M\(start) \(y)h\(end - start)v5h-\(end - start)z"
        if let own { pieces[own] += piece } else { unscored += piece }
        start = end
      }
    }
    gather(0) { evaluation.goldCategory($0) }
    gather(7) { evaluation.predictedCategory($0) }
    for (row, line) in rows {
      if let line, evaluation.goldCategory(line) != evaluation.predictedCategory(line) { faults += "M\(row) 5h1v2h-1z" }
    }
    let paths = pieces.enumerated().filter { !$1.isEmpty }.map { "<path class=\"f\($0)\" d=\"\($1)\"/>" }.joined()
    return "<svg viewBox=\"0 0 \(max(1, rows.count)) 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\(paths)"
      + (unscored.isEmpty ? "" : "<path class=\"unscored\" d=\"\(unscored)\"/>")
      + (faults.isEmpty ? "" : "<path class=\"fault\" d=\"\(faults)\"/>") + "</svg>"
  }
}
