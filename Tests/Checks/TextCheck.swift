import Chaff

/// Bytes → labels. One result a line, whatever the bytes and however they arrive; and cleaning keeps lines as they are.
enum TextCheck {
  static func run(_ bytes: [UInt8]) throws(Finding) {
    let classifier = LineClassifier.standard
    let judged = classifier.classify(utf8: bytes)
    let lines = bytes.count { $0 == 0x0a } + (bytes.last.map { $0 == 0x0a ? 0 : 1 } ?? 0)
    try require(judged.count == lines, "\(judged.count) results for \(lines) lines")
    var end = 0
    for (range, prediction) in judged {
      try require(range.lowerBound == end, "a gap between lines")
      end = Self.next(bytes, range.upperBound)
      guard let prediction else { continue }
      let sum = prediction.posteriors.reduce(0, +)
      try require(abs(sum - 1) <= 1e-4, "posteriors sum to \(sum)")
    }
    try require(end == bytes.count, "bytes behind the last line")
    try arrive(bytes, judged.map(\.prediction), classifier)
    if let text = String(validating: bytes, as: UTF8.self), bytes.count < 2_000 {
      let kept = try? classifier.clean(text, threshold: 0)
      try require(kept?.utf8.count { $0 == 0x0a } == lines, "threshold 0 does not keep every row")
    }
  }

  /// Behind the end of the line whose text ends at an index.
  private static func next(_ bytes: [UInt8], _ end: Int) -> Int {
    var end = end
    while end < bytes.count && (bytes[end] == 0x0d || bytes[end] == 0x0a) {
      end += 1
      if bytes[end - 1] == 0x0a { break }
    }
    return end
  }

  /// The same bytes in pieces give the same results.
  private static func arrive(
    _ bytes: [UInt8], _ expected: [LinePrediction?], _ classifier: LineClassifier
  ) throws(Finding) {
    var decoder = PageDecoder(model: classifier.model)
    let size = 1 + bytes.count % 97
    for start in stride(from: 0, to: bytes.count, by: size) {
      bytes[start..<min(start + size, bytes.count)].withUnsafeBufferPointer { decoder.add(text: $0) }
    }
    decoder.endPage()
    let (batch, groups) = (decoder.decided, classifier.model.labelGroups)
    try require(batch.rows.count == expected.count, "\(batch.rows.count) rows for \(expected.count) lines")
    let found = batch.posteriors.withUnsafeBufferPointer { posteriors in
      batch.rows.map { row in
        row < 0 ? nil : posteriors.baseAddress.map { classifier.prediction($0 + row * groups) }
      }
    }
    try require(found == expected, "pieces of \(size) bytes are judged otherwise than the whole")
  }
}
