import Chaff
import JSONText

/// What was decided of one page, as JSON.
struct JSONPageWriter {
  private let labels: LabelSet
  /// For each label, a line's object behind a comma, with a probability of 0; all in one array, since arrays of arrays
  /// would be held and let go for each line.
  private var rows: [UInt8]
  /// Where each label's object is in it.
  private let ranges: [Range<Int>]
  private let categoryNames: [[UInt8]]
  private var decisions: Decisions

  init(labels: LabelSet) {
    self.labels = labels
    let categoryNames = labels.categories.map(Self.quoted)
    self.categoryNames = categoryNames
    let rows = zip(labels.labels, labels.categoryOfLabel).map { label, category in
      var row = Array(", {\"label\": ".utf8) + Self.quoted(label.path) + Array(", \"category\": ".utf8)
      row += categoryNames[category] + Array(", \"probability\": ".utf8)
      DecimalText.append(probability: 0, to: &row)
      return row + [UInt8(ascii: "}")]
    }
    self.rows = rows.flatMap { $0 }
    var end = 0
    ranges = rows.map { row in
      end += row.count
      return end - row.count..<end
    }
    decisions = Decisions(labels: labels)
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    JSONString.append(text.utf8, to: &bytes)
    return bytes
  }

  /// Appends `{"lines": [{"label", "category", "probability"}…], "page": {category: probability…}}`.
  ///
  /// Where reasons are asked for, a line has `reasons` too: `[{"source", "name", "nats"}…]`. A blank line's values are null. The page's probabilities are those of at least one line of the category.
  mutating func append(
    _ decided: PageDecoder.Batch, presence: [Double], groups: Int, reasons: [[LineExplanation.Part]]? = nil,
    to json: inout [UInt8]
  ) {
    json.append(contentsOf: "{\"lines\": [".utf8)
    // More labels have more than a vector of posteriors a line.
    if groups == 1 { decisions.read(decided.posteriors) }
    decided.posteriors.withUnsafeBufferPointer { posteriors in
      labels.withCategoryEnds { ends in
        for (index, row) in decided.rows.enumerated() {
          if row < 0 {
            json.append(contentsOf: Self.blank[(index > 0 ? 0 : 2)...])
          } else if groups == 1 {
            append(Int(decisions.labels[row]), decisions.probabilities[row], isFirst: index == 0, to: &json)
          } else if let base = posteriors.baseAddress {
            let decision = Decision(base + row * groups, categoryEnds: ends)
            append(decision.label, decision.probability, isFirst: index == 0, to: &json)
          }
          if let reasons, row >= 0 { append(reasons[index], to: &json) }
        }
      }
    }
    json.append(contentsOf: "], \"page\": {".utf8)
    for (category, probability) in presence.enumerated() {
      if category > 0 { json.append(contentsOf: ", ".utf8) }
      json.append(contentsOf: categoryNames[category])
      json.append(contentsOf: ": ".utf8)
      DecimalText.append(probability: Float(probability), to: &json)
    }
    json.append(contentsOf: "}}".utf8)
  }

  /// Appends a line's object, behind a comma if it is not the first.
  private mutating func append(_ label: Int, _ probability: Float, isFirst: Bool, to json: inout [UInt8]) {
    let start = ranges[label].lowerBound + (isFirst ? 2 : 0)
    let end = ranges[label].upperBound
    rows.withUnsafeMutableBufferPointer { rows in
      if let base = rows.baseAddress { DecimalText.write(probability: probability, to: base + end - 7) }
      json.append(contentsOf: UnsafeBufferPointer(rebasing: rows[start..<end]))
    }
  }

  /// Puts reasons into the object that was just closed.
  private func append(_ reasons: [LineExplanation.Part], to json: inout [UInt8]) {
    json.removeLast()
    json.append(contentsOf: ", \"reasons\": ".utf8)
    JSONValue.list(reasons.map(ReasonText.json)).append(to: &json)
    json.append(UInt8(ascii: "}"))
  }

  private static let blank = Array(", {\"label\": null, \"category\": null, \"probability\": null}".utf8)
}
