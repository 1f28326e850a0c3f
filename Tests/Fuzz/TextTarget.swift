import Chaff

/// Bytes → labels. One result a line, whatever the bytes; the same through strings' own view of UTF-8; and cleaning keeps
/// lines as they are.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzText(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let classifier = LineClassifier.standard
  let judged = classifier.classify(utf8: bytes)
  precondition(judged.count == bytes.count { $0 == 0x0a } + (bytes.last.map { $0 == 0x0a ? 0 : 1 } ?? 0))
  var end = 0
  for (range, prediction) in judged {
    precondition(range.lowerBound == end, "lines without gaps")
    end = range.upperBound
    while end < bytes.count && (bytes[end] == 0x0d || bytes[end] == 0x0a) {
      end += 1
      if bytes[end - 1] == 0x0a { break }
    }
    guard let prediction else { continue }
    precondition(abs(prediction.posteriors.reduce(0, +) - 1) <= 1e-4)
  }
  if let text = String(validating: bytes, as: UTF8.self), count < 2_000 {
    let kept = try? classifier.clean(text, threshold: 0)
    precondition(kept?.utf8.count { $0 == 0x0a } == judged.count, "threshold 0 keeps every row")
  }
  return 0
}
