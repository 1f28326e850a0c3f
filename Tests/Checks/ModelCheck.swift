import Chaff
import ChaffTraining

/// Bytes → model → judged lines. What opens must judge any line; a model's sections are reached by sealing the input
/// with the length and checksum that it should have.
package enum ModelCheck {
  static func run(_ bytes: [UInt8]) throws(Finding) {
    try judge(bytes)
    if bytes.count >= ModelFormat.headerSize { try judge(sealed(bytes)) }
  }

  private static let lines = [
    "Home", "The cat sat on the mat, and 12 dogs saw it.", "Sign up to our newsletter", "", "É\u{301} 中文",
    // More features than are summed in sixteen bits.
    (0x4e00..<0x5000).compactMap(Unicode.Scalar.init).map(String.init).joined(),
  ]

  private static func judge(_ bytes: [UInt8]) throws(Finding) {
    guard let classifier = try? LineClassifier(modelBytes: bytes) else { return }
    for isAlone in [false, true] {
      for line in classifier.classify(lines: lines, linesAlone: isAlone) {
        guard let prediction = line.prediction else { continue }
        let sum = prediction.posteriors.reduce(0, +)
        try require(abs(sum - 1) <= 1e-4, "posteriors sum to \(sum)")
        try require((0...1).contains(prediction.probability), "a probability of \(prediction.probability)")
      }
    }
    _ = classifier.mostProbableSequence(lines: lines)
    for explanation in classifier.explain(lines: lines.prefix(4)) {
      let isFinite = explanation?.parts.allSatisfy { $0.nats.isFinite } ?? true
      try require(isFinite, "a reason without measure")
    }
    try teach(classifier)
    let features = (try? classifier.model.vocabulary())?.features ?? []
    for feature in features { _ = classifier.model.table.rank(of: FeatureHash.named(feature.name, in: feature.block)) }
  }

  /// What a stranger's model can do to those who add to it or take its numbers over.
  private static func teach(_ classifier: LineClassifier) throws(Finding) {
    let row = { LabelledPage.Row(label: $0, text: Array("The cat sat on the mat.".utf8), lineNumber: 1) }
    let page = LabelledPage(file: "a.tsv", rows: classifier.labels.prefix(2).map(row))
    // Both may say that the model will not do.
    let taught = try? Teacher.teach([page], to: classifier).bytes
    let trained = try? Trainer.train(CountedPages([page]), parametersOf: classifier).bytes
    for bytes in [taught, trained] {
      guard let bytes else { continue }
      _ = try? LineClassifier(modelBytes: bytes)
    }
  }

  /// The input with a header that fits it.
  package static func sealed(_ bytes: [UInt8]) -> [UInt8] {
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
}
