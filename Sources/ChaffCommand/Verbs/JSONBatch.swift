import Chaff
import JSONText

/// Some lines of a file of JSON Lines, and what comes out for them.
final class JSONBatch {
  /// Bytes that fill a batch; it ends with the line that reaches them. What comes out is twice as long, and all batches in
  /// hand wait in memory; twice as many bytes took as long.
  static let byteLimit = 1 << 16

  /// Whole lines, each with its line feed but, at the end of the file, the last.
  private(set) var lines: [UInt8] = []
  private(set) var lineCount = 0
  private(set) var result: [UInt8] = []
  private(set) var faults: [(line: Int, error: JSONError)] = []
  /// What ends the run behind ``result``.
  private(set) var failure: (line: Int, error: JSONError)?
  /// The number of the first line in the file.
  private var firstLine = 1

  func removeAll() {
    // A batch of one enormous object gives its memory back.
    lines.removeAll(keepingCapacity: lines.capacity <= 4 * Self.byteLimit)
    result.removeAll(keepingCapacity: result.capacity <= 8 * Self.byteLimit)
    faults.removeAll()
    failure = nil
    lineCount = 0
  }

  var isFull: Bool { lines.count >= Self.byteLimit && lines.last == 0x0a }

  /// Begins a batch.
  func begin(firstLine: Int) { self.firstLine = firstLine }

  /// Takes bytes, up to the end of the line that fills the batch; returns how many.
  func append(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var end = 0
    while end < bytes.count {
      guard let feed = LineSplitter.nextLineFeed(bytes, from: end) else {
        end = bytes.count
        break
      }
      end = feed + 1
      lineCount += 1
      if lines.count + end >= Self.byteLimit { break }
    }
    lines.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[..<end]))
    return end
  }

  static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  /// Judges the lines; stops at one that is wrong, if that is the policy.
  func judge(with judge: JSONJudge, _ policy: InputFaults.Policy) {
    // Out of `self`, whose properties are checked for exclusive access, as all that are reached meanwhile.
    var result: [UInt8] = []
    swap(&result, &self.result)
    lines.withUnsafeBufferPointer { lines in
      var number = firstLine
      LineSplitter.forEachLine(lines) { range in
        defer { number += 1 }
        if failure == nil { add(UnsafeBufferPointer(rebasing: lines[range]), number, judge, policy, to: &result) }
      }
    }
    swap(&result, &self.result)
  }

  private func add(
    _ line: UnsafeBufferPointer<UInt8>, _ number: Int, _ judge: JSONJudge, _ policy: InputFaults.Policy,
    to result: inout [UInt8]
  ) {
    guard !LineSplitter.isBlank(line) else { return result.append(0x0a) }
    let mark = number == 1 && line.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    do throws(JSONError) {
      try judge.judge(UnsafeBufferPointer(rebasing: line[mark...]), into: &result)
    } catch {
      switch policy {
      case .stop:
        failure = (number, error)
        return
      case .skip:
        faults.append((number, error))
        return
      case .pass:
        faults.append((number, error))
        result.append(contentsOf: line)
      }
    }
    result.append(0x0a)
  }
}
