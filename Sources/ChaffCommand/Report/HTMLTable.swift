import ChaffTraining

/// A table of figures in a region that scrolls by itself on narrow screens.
struct HTMLTable {
  private let caption: String
  private let titles: [String]
  private var rows: [String] = []

  init(_ caption: String, _ titles: [String]) {
    self.caption = caption
    self.titles = titles
  }

  /// Adds a row.
  /// - Parameters:
  ///   - name: of the row, as text.
  ///   - cells: as HTML.
  ///   - series: the category in whose colour the name stands.
  mutating func add(_ name: String, _ cells: [String], series: Int? = nil) {
    let colour = series.map { " class=\"t\($0)\"" } ?? ""
    rows.append(
      "<tr><th scope=\"row\"\(colour)>\(HTMLText.escaped(name))</th>" + cells.map { "<td>\($0)</td>" }.joined()
        + "</tr>\n")
  }

  var html: String {
    let label = HTMLText.escaped(caption)
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="\(label)"><table><caption>\(label)</caption>
      <thead><tr>\(titles.map { "<th scope=\"col\">\(HTMLText.escaped($0))</th>" }.joined())</tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div>

      """
  }

  /// A figure with its interval below.
  static func cell(_ figure: Figure, decimals: Int = 3) -> String {
    let value = DecimalText.fixed(figure.value, decimals: decimals)
    guard let interval = figure.interval else { return value }
    return "\(value) <small class=\"soft\">\(FigureText.range(interval))</small>"
  }
}
