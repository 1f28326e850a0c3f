/// A drawing with two axes from 0 to their largest values, and lines, bars and marks in it.
struct LineChart {
  /// In units of the drawing, in which letters are 12 high.
  private let width: Double
  private let height: Double
  private static let left = 46.0
  private static let right = 24.0
  private static let top = 12.0
  private static let bottom = 44.0

  private let identifier: String
  private let title: String
  private let description: String
  private let xLabel: String
  private let yLabel: String
  private let xLargest: Double
  private var body = ""

  /// - Parameters:
  ///   - identifier: unique in the page.
  ///   - description: what there is to see, for those who do not.
  ///   - xLargest: where the horizontal axis ends; the other ends at 1.
  ///   - isSmall: one of several side by side.
  init(
    _ identifier: String, title: String, description: String, xLabel: String, yLabel: String, xLargest: Double = 1,
    isSmall: Bool = false
  ) {
    self.identifier = identifier
    self.title = title
    self.description = description
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.xLargest = xLargest
    (width, height) = isSmall ? (320, 250) : (480, 320)
  }

  private func x(_ value: Double) -> Double {
    Self.left + min(value, xLargest) / xLargest * (width - Self.left - Self.right)
  }

  private func y(_ value: Double) -> Double {
    height - Self.bottom - value * (height - Self.top - Self.bottom)
  }

  private func at(_ x: Double, _ y: Double) -> String { "\(HTMLText.number(self.x(x))) \(HTMLText.number(self.y(y)))" }

  /// A line through points, which is cut off where the axis ends.
  mutating func addLine(_ points: [(x: Double, y: Double)], series: Int) {
    var shown = points.prefix { $0.x <= xLargest }.map { at($0.x, $0.y) }
    if shown.count < points.count, let last = points.prefix(shown.count).last { shown.append(at(xLargest, last.y)) }
    guard shown.count > 1 else { return }
    body += "<path class=\"line s\(series)\" d=\"M\(shown.joined(separator: "L"))\"/>\n"
  }

  mutating func addDiagonal() { body += "<path class=\"ideal\" d=\"M\(at(0, 0))L\(at(1, 1))\"/>\n" }

  /// A bar from the axis up.
  mutating func addBar(from low: Double, to high: Double, height: Double) {
    body +=
      "<rect class=\"bar\" x=\"\(HTMLText.number(x(low) + 1))\" y=\"\(HTMLText.number(y(height)))\""
      + " width=\"\(HTMLText.number(x(high) - x(low) - 2))\" height=\"\(HTMLText.number(y(0) - y(height)))\"/>\n"
  }

  /// A point with a hint, and the range it may lie in.
  mutating func addPoint(x: Double, y: Double, range: (low: Double, high: Double)?, series: Int, hint: String) {
    if let range { body += "<path class=\"whisker\" d=\"M\(at(x, range.low))L\(at(x, range.high))\"/>\n" }
    body +=
      "<circle class=\"f\(series)\" cx=\"\(HTMLText.number(self.x(x)))\" cy=\"\(HTMLText.number(self.y(y)))\" r=\"4.5\">"
      + "<title>\(HTMLText.escaped(hint))</title></circle>\n"
  }

  /// A ring with a name beside it.
  mutating func addMark(x: Double, y: Double, name: String, hint: String) {
    guard x <= xLargest else { return }
    let isRight = x > xLargest * 0.7
    body += """
      <circle class="ring" cx="\(HTMLText.number(self.x(x)))" cy="\(HTMLText.number(self.y(y)))" r="5"><title>\(HTMLText.escaped(hint))</title></circle>
      <text x="\(HTMLText.number(self.x(x) + (isRight ? -9 : 9)))" y="\(HTMLText.number(self.y(y) + 16))"\(isRight ? " text-anchor=\"end\"" : "")>\(HTMLText.escaped(name))</text>

      """
  }

  /// The drawing.
  var svg: String {
    """
    <svg viewBox="0 0 \(Int(width)) \(Int(height))" role="img" aria-labelledby="\(identifier)-t \(identifier)-d">
    <title id="\(identifier)-t">\(HTMLText.escaped(title))</title>
    <desc id="\(identifier)-d">\(HTMLText.escaped(description))</desc>
    \(axes)\(body)</svg>

    """
  }

  private var axes: String {
    var text = ""
    for step in 0...5 {
      let share = Double(step) / 5
      let xName = xLargest == 1 ? DecimalText.fixed(share, decimals: 1) : FigureText.percent(share * xLargest)
      text +=
        "<path class=\"grid\" d=\"M\(at(0, share))L\(at(xLargest, share))M\(at(share * xLargest, 0))L\(at(share * xLargest, 1))\"/>\n"
      text +=
        "<text x=\"\(HTMLText.number(Self.left - 8))\" y=\"\(HTMLText.number(y(share) + 4))\" text-anchor=\"end\">\(DecimalText.fixed(share, decimals: 1))</text>\n"
      text +=
        "<text x=\"\(HTMLText.number(x(share * xLargest)))\" y=\"\(HTMLText.number(y(0) + 17))\" text-anchor=\"middle\">\(xName)</text>\n"
    }
    let middle = HTMLText.number((y(0) + y(1)) / 2)
    return text + """
      <path class="axis" fill="none" d="M\(at(0, 1))L\(at(0, 0))L\(at(xLargest, 0))"/>
      <text x="\(HTMLText.number((x(0) + x(xLargest)) / 2))" y="\(HTMLText.number(height - 6))" text-anchor="middle">\(HTMLText.escaped(xLabel))</text>
      <text x="12" y="\(middle)" text-anchor="middle" transform="rotate(-90 12 \(middle))">\(HTMLText.escaped(yLabel))</text>

      """
  }
}
