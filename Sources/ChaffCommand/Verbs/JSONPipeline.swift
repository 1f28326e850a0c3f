import Chaff
import JSONText

/// Runs JSON Lines through a decoder: one object a line is one page.
struct JSONPipeline {
  /// What comes out for each object.
  enum Task {
    /// The object with a member `chaff` added.
    case classify
    /// The object with the field's text replaced by what is kept of it.
    case clean(isKept: [Bool], threshold: Float)
  }

  /// What goes wrong with one line of the file.
  enum Failure: Error {
    case json(line: Int, JSONError)
    case output(OutputStream.Failure)
  }

  private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  private let field: String
  private let task: Task
  private let model: Model
  private var decoder: PageDecoder
  private let writer: JSONPageWriter
  private let output: OutputStream
  /// Finds reasons, where they are asked for.
  var reasons: ReasonFinder?
  /// What was wrong and gone on after.
  var faults: InputFaults

  init(
    model: Model, linesAlone: Bool, field: String, task: Task, faults: InputFaults.Policy = .stop,
    output: OutputStream
  ) {
    var isClassifying = false
    if case .classify = task { isClassifying = true }
    self.model = model
    self.field = field
    self.task = task
    self.output = output
    self.faults = InputFaults(policy: faults)
    decoder = PageDecoder(model: model, linesAlone: linesAlone, tracksPresence: isClassifying)
    writer = JSONPageWriter(labels: model.labels)
  }

  /// Reads objects to the end of the input.
  mutating func run(_ input: LineInput) throws(EitherFailure<Failure>) {
    var number = 0
    try input.forEachLine { (line, _) throws(Failure) in
      number += 1
      guard let result = try row(line, number) else { return }
      output.pending.append(contentsOf: result)
      output.pending.append(0x0a)
      do throws(OutputStream.Failure) { try output.flushIfFull() } catch { throw .output(error) }
    }
  }

  /// What comes out for a line; nil for one that is skipped.
  private mutating func row(_ line: UnsafeBufferPointer<UInt8>, _ number: Int) throws(Failure) -> [UInt8]? {
    if LineSplitter.isBlank(line) { return [] }
    let mark = number == 1 && line.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    do throws(JSONError) {
      return try judged(Array(line[mark...]))
    } catch {
      guard faults.policy != .stop else { throw .json(line: number, error) }
      faults.add(line: number, error)
      return faults.policy == .skip ? nil : Array(line)
    }
  }

  /// Reads a page of plain text to its end and writes an object of its own for it: `file`, `text` and `chaff`.
  mutating func runText(_ input: LineInput, name: String) throws(EitherFailure<Failure>) {
    var text: [UInt8] = []
    try input.forEachLine { (line, lineEnd) throws(Failure) in
      text.append(contentsOf: line)
      if lineEnd > 0 { text.append(0x0a) }
    }
    // JSON is UTF-8: what is not becomes U+FFFD.
    var object = Array("{\"file\": ".utf8)
    JSONString.append(name.utf8, to: &object)
    object.append(contentsOf: ", ".utf8)
    JSONString.append(field.utf8, to: &object)
    object.append(contentsOf: ": ".utf8)
    JSONString.append(String(decoding: text, as: UTF8.self).utf8, to: &object)
    object.append(UInt8(ascii: "}"))
    do throws(JSONError) { output.pending.append(contentsOf: try judged(object)) } catch {
      throw .body(.json(line: 1, error))
    }
    output.pending.append(0x0a)
  }

  /// The object that comes out for an object.
  private mutating func judged(_ line: [UInt8]) throws(JSONError) -> [UInt8] {
    let object = try JSONObject(line)
    guard let text = try object.string(field) else { throw .missingKey(field) }
    decoder.decided.removeAll()
    var ranges: [Range<Int>] = []
    text.withUnsafeBufferPointer { buffer in
      LineSplitter.forEachLine(buffer) { range in
        ranges.append(range)
        decoder.add(UnsafeBufferPointer(rebasing: buffer[range]))
      }
    }
    decoder.endPage()
    switch task {
    case .classify:
      let json = writer.json(
        decoder.decided, presence: decoder.pagePresence, groups: model.labelGroups,
        reasons: reasons?.reasons(ranges.map { Array(text[$0]) }))
      return try object.adding("chaff", json: json)
    case .clean(let isKept, let threshold):
      var json: [UInt8] = []
      JSONString.append(kept(text, ranges, isKept, threshold), to: &json)
      return try object.replacing(field, json: json)
    }
  }

  /// The kept lines of a text; a last line without a line end stays without one.
  private func kept(_ text: [UInt8], _ ranges: [Range<Int>], _ isKept: [Bool], _ threshold: Float) -> [UInt8] {
    var writer = CleanWriter(isKept: isKept, threshold: threshold)
    var result: [UInt8] = []
    text.withUnsafeBufferPointer { buffer in
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
