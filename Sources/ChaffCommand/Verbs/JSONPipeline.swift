import Chaff
import JSONText

/// Runs a file of JSON Lines through decoders: one object a line is one page.
final class JSONPipeline: OrderedStages {
  /// What goes wrong with one line of the file.
  enum Fault: Error {
    case json(line: Int, JSONError)
    case output(OutputStream.Failure)
  }

  typealias Failure = EitherFailure<Fault>

  private let input: LineInput
  private let output: OutputStream
  private let judges: PerWorker<JSONJudge>
  private var nextLine = 1
  private var hasEnded = false
  /// Why reading ended; told after what had been read is written.
  private var readingFailure: String?
  /// What was wrong and gone on after.
  private(set) var faults: InputFaults

  init(
    input: LineInput, threads: Int, faults: InputFaults, output: OutputStream, makeJudge: @escaping () -> JSONJudge
  ) {
    self.input = input
    self.output = output
    self.faults = faults
    judges = PerWorker(count: threads, makeJudge)
  }

  func makeJob() -> JSONBatch { JSONBatch() }

  func fill(_ batch: JSONBatch) throws(Failure) -> Bool {
    if let readingFailure { throw .reading(readingFailure) }
    guard !hasEnded else { return false }
    batch.begin(firstLine: nextLine)
    do throws(LineInput.Failure) {
      while !batch.isFull {
        let unread = try input.unread()
        guard !unread.isEmpty else {
          hasEnded = true
          break
        }
        input.take(batch.append(unread))
      }
    } catch {
      hasEnded = true
      readingFailure = error.reason
    }
    nextLine += batch.lineCount
    if batch.lines.isEmpty, let readingFailure { throw .reading(readingFailure) }
    return !batch.lines.isEmpty
  }

  func work(_ batch: JSONBatch, worker: Int) { batch.judge(with: judges[worker], faults.policy) }

  func link(_ batch: JSONBatch) {}

  func needsNext(_ batch: JSONBatch) -> Bool { false }

  func holdsInput(_ batch: JSONBatch) -> Bool { false }

  func finish(_ batch: JSONBatch, next: JSONBatch?) {}

  func write(_ batch: JSONBatch) throws(Failure) {
    do throws(OutputStream.Failure) { try output.write(batch.result) } catch { throw .body(.output(error)) }
    for fault in batch.faults { faults.add(line: fault.line, fault.error) }
    let failure = batch.failure
    batch.removeAll()
    if let failure { throw .body(.json(line: failure.line, failure.error)) }
  }
}

extension JSONJudge {
  /// Reads a page of plain text to its end and makes an object of its own for it: `file`, `text` and `chaff`.
  ///
  /// The object holds the page twice over, so all of it is held in memory.
  static func object(of input: LineInput, name: String, field: String) throws(LineInput.Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let unread = try input.unread()
      guard !unread.isEmpty else { break }
      bytes.append(contentsOf: unread)
      input.take(unread.count)
    }
    var text: [UInt8] = []
    bytes.withUnsafeBufferPointer { bytes in
      LineSplitter.forEachLine(bytes) { range in
        text.append(contentsOf: bytes[range])
        if range.upperBound < bytes.count { text.append(0x0a) }
      }
    }
    // JSON is UTF-8: what is not becomes U+FFFD.
    var object = Array("{\"file\": ".utf8)
    JSONString.append(name.utf8, to: &object)
    object.append(contentsOf: ", ".utf8)
    JSONString.append(field.utf8, to: &object)
    object.append(contentsOf: ": ".utf8)
    JSONString.append(String(decoding: text, as: UTF8.self).utf8, to: &object)
    object.append(UInt8(ascii: "}"))
    return object
  }
}
