import Chaff
import JSONText

/// What was decided of one page, as JSON.
struct JSONPageWriter {
  private let labels: LabelSet
  private let labelNames: [[UInt8]]
  private let categoryNames: [[UInt8]]

  init(labels: LabelSet) {
    self.labels = labels
    labelNames = labels.labels.map { Self.quoted($0.path) }
    categoryNames = labels.categories.map(Self.quoted)
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
    decided.posteriors.withUnsafeBufferPointer { posteriors in
      for (index, row) in decided.rows.enumerated() {
        if index > 0 { json.append(contentsOf: ", ".utf8) }
        append(row < 0 ? nil : posteriors.baseAddress.map { $0 + row * groups }, to: &json)
        if let reasons, row >= 0 { append(reasons[index], to: &json) }
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

  private func append(_ posteriors: UnsafePointer<SIMD16<Float>>?, to json: inout [UInt8]) {
    guard let posteriors else {
      json.append(contentsOf: "{\"label\": null, \"category\": null, \"probability\": null}".utf8)
      return
    }
    let decision = Decision(posteriors, labels: labels)
    json.append(contentsOf: "{\"label\": ".utf8)
    json.append(contentsOf: labelNames[decision.label])
    json.append(contentsOf: ", \"category\": ".utf8)
    json.append(contentsOf: categoryNames[decision.category])
    json.append(contentsOf: ", \"probability\": ".utf8)
    DecimalText.append(probability: decision.probability, to: &json)
    json.append(UInt8(ascii: "}"))
  }
}
