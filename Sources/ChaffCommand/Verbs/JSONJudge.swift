import Chaff
import JSONText

/// Judges pages that are JSON objects, one after the other. Each thread has its own.
final class JSONJudge {
  /// What comes out for each object.
  enum Task: Sendable {
    /// The object with a member `chaff` added.
    case classify
    /// The object with the field's text replaced by what is kept of it.
    case clean(isKept: [Bool], threshold: Float)
  }

  private let field: String
  private let task: Task
  private let model: Model
  private var decoder: PageDecoder
  private var writer: JSONPageWriter
  /// Finds the reasons for each line of a text, where they are asked for.
  private let reasons: (([UInt8]) -> [[LineExplanation.Part]])?

  init(
    model: Model, linesAlone: Bool, field: String, task: Task,
    reasons: (([UInt8]) -> [[LineExplanation.Part]])? = nil
  ) {
    self.reasons = reasons
    var isClassifying = false
    if case .classify = task { isClassifying = true }
    self.model = model
    self.field = field
    self.task = task
    decoder = PageDecoder(model: model, linesAlone: linesAlone, tracksPresence: isClassifying)
    writer = JSONPageWriter(labels: model.labels)
  }

  /// Appends the object that comes out for an object; nothing, if that is wrong.
  func judge(_ line: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) throws(JSONError) {
    let object = try JSONObject(Array(line))
    guard let text = try object.string(field) else { throw .missingKey(field) }
    decoder.decided.removeAll()
    text.withUnsafeBufferPointer { decoder.add(text: $0) }
    decoder.endPage()
    switch task {
    case .classify:
      try object.append(adding: "chaff", to: &output) { output in
        writer.append(
          decoder.decided, presence: decoder.pagePresence, groups: model.labelGroups, reasons: reasons?(text),
          to: &output)
      }
    case .clean(let isKept, let threshold):
      var json: [UInt8] = []
      JSONString.append(kept(text, isKept, threshold), to: &json)
      output.append(contentsOf: try object.replacing(field, json: json))
    }
  }

  /// The kept lines of a text; a last line without a line end stays without one.
  private func kept(_ text: [UInt8], _ isKept: [Bool], _ threshold: Float) -> [UInt8] {
    var writer = CleanWriter(isKept: isKept, threshold: threshold)
    var result: [UInt8] = []
    var ranges: [Range<Int>] = []
    text.withUnsafeBufferPointer { buffer in
      LineSplitter.forEachLine(buffer) { ranges.append($0) }
      decoder.decided.posteriors.withUnsafeBufferPointer { posteriors in
        for (index, row) in decoder.decided.rows.enumerated() {
          let end = index + 1 < ranges.count ? ranges[index + 1].lowerBound : text.count
          writer.write(
            JudgedRow(
              line: UnsafeBufferPointer(rebasing: buffer[ranges[index]]),
              whole: UnsafeBufferPointer(rebasing: buffer[ranges[index].lowerBound..<end]),
              posteriors: row < 0 ? nil : posteriors.baseAddress.map { $0 + row * model.labelGroups }),
            into: &result)
        }
      }
    }
    return result
  }
}
