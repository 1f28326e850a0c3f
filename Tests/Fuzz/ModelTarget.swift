import Chaff

/// Bytes → model → judged lines. What opens must judge any line; a model's sections are reached by sealing the input
/// with the length and checksum that it should have.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzModel(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  judge(bytes)
  if count >= 128 { judge(sealed(bytes)) }
  return 0
}

private let lines = [
  "Home", "The cat sat on the mat, and 12 dogs saw it.", "Sign up to our newsletter", "", "É\u{301} 中文",
]

private func judge(_ bytes: [UInt8]) {
  guard let classifier = try? LineClassifier(modelBytes: bytes) else { return }
  for isAlone in [false, true] {
    for line in classifier.classify(lines: lines, linesAlone: isAlone) {
      guard let prediction = line.prediction else { continue }
      let sum = prediction.posteriors.reduce(0, +)
      precondition(abs(sum - 1) <= 1e-4, "posteriors sum to \(sum)")
      precondition((0...1).contains(prediction.probability))
    }
  }
  _ = classifier.mostProbableSequence(lines: lines)
  let features = (try? classifier.model.vocabulary())?.features ?? []
  for feature in features { _ = classifier.model.table.rank(of: FeatureHash.named(feature.name, in: feature.block)) }
}

/// The input with a header that fits it.
private func sealed(_ bytes: [UInt8]) -> [UInt8] {
  let sum = bytes[ModelFormat.checkedFrom...].withUnsafeBytes { Checksum.of($0) }
  var writer = ByteWriter()
  writer.append(contentsOf: ModelFormat.magic)
  writer.append(ModelFormat.version)
  writer.append(Normalization.version)
  writer.append(UInt64(bytes.count))
  writer.append(sum)
  writer.append(contentsOf: bytes[ModelFormat.checkedFrom...])
  return writer.bytes
}
