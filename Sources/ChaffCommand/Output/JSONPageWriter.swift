import Chaff
import JSONText

/// What was decided of one page, as JSON.
struct JSONPageWriter {
  private let labels: LabelSet
  /// For each label what stands before a line's probability.
  private let prefixes: [[UInt8]]
  private let categoryNames: [[UInt8]]

  init(labels: LabelSet) {
    self.labels = labels
    let categoryNames = labels.categories.map(Self.quoted)
    self.categoryNames = categoryNames
    prefixes = zip(labels.labels, labels.categoryOfLabel).map { label, category in
      Array("{\"label\": ".utf8) + Self.quoted(label.path) + Array(", \"category\": ".utf8) + categoryNames[category]
        + Array(", \"probability\": ".utf8)
    }
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    JSONString.append(text.utf8, to: &bytes)
    return bytes
  }

  /// `{"lines": [{"label", "category", "probability"}…], "page": {category: probability…}}`
  ///
  /// Where reasons are asked for, a line has `reasons` too: `[{"source", "name", "nats"}…]`. A blank line's values are null. The page's probabilities are those of at least one line of the category.
  func json(
    _ decided: PageDecoder.Batch, presence: [Double], groups: Int, reasons: [[LineExplanation.Part]]? = nil
  ) -> [UInt8] {
    var json = Array("{\"lines\": [".utf8)
    json.reserveCapacity(decided.rows.count * (40 + (prefixes.map(\.count).max() ?? 0)) + 200)
    decided.posteriors.withUnsafeBufferPointer { posteriors in
      labels.withCategoryEnds { ends in
        for (index, row) in decided.rows.enumerated() {
          if index > 0 { json.append(contentsOf: Self.separator) }
          if row >= 0, let base = posteriors.baseAddress {
            append(Decision(base + row * groups, categoryEnds: ends), to: &json)
          } else {
            json.append(contentsOf: Self.blank)
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
    return json
  }

  /// Puts reasons into the object that was just closed.
  private func append(_ reasons: [LineExplanation.Part], to json: inout [UInt8]) {
    json.removeLast()
    json.append(contentsOf: ", \"reasons\": ".utf8)
    JSONValue.list(reasons.map(ReasonText.json)).append(to: &json)
    json.append(UInt8(ascii: "}"))
  }

  private static let separator = Array(", ".utf8)
  private static let blank = Array("{\"label\": null, \"category\": null, \"probability\": null}".utf8)

  private func append(_ decision: Decision, to json: inout [UInt8]) {
    json.append(contentsOf: prefixes[decision.label])
    DecimalText.append(probability: decision.probability, to: &json)
    json.append(UInt8(ascii: "}"))
  }
}
