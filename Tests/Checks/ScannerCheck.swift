import Chaff

/// The fast path against the reference: what ``LineScanner`` finds on a line must be what the slow tokenizer finds, what
/// ``LineScorer`` makes of it must be what the formula gives, and lines that are scored together must get what each gets
/// by itself, to the bit.
///
/// Scalars are taken from those that the slow tokenizer knows.
enum ScannerCheck {
  static func run(_ bytes: [UInt8]) throws(Finding) {
    let lines = spelled(bytes).split(separator: 0x0a, omittingEmptySubsequences: false).map(Array.init)
    let model = LineClassifier.standard.model
    let scorer = LineScorer(model: model)
    var (isBlank, together) = ([Bool](), LineEvidence(groups: model.labelGroups))
    var (isBlankAlone, alone) = (isBlank, together)
    let text = LineText()
    func flush() {
      scorer.score(text, to: &together, isBlank: &isBlank)
      text.removeAll()
    }
    for line in lines {
      try compare(line, model, scorer)
      line.withUnsafeBufferPointer { text.append($0) }
      if text.isFull { flush() }
      let one = LineText()
      line.withUnsafeBufferPointer { one.append($0) }
      scorer.score(one, to: &alone, isBlank: &isBlankAlone)
    }
    flush()
    try require(isBlank == isBlankAlone && together.forms == alone.forms, "together, lines look otherwise")
    try require(together.likelihoods == alone.likelihoods, "together, lines score otherwise")
  }

  private static func compare(_ line: [UInt8], _ model: Model, _ scorer: LineScorer) throws(Finding) {
    let (sink, look) = RecordingSink.scan(line)
    let reference = ReferenceTokenizer(line)
    try require(sink == reference.sink, "other features than the reference's")
    try require(look == reference.look, "\(look), not \(reference.look)")
    let expected = ReferenceScorer.logLikelihoods(line, model)
    let found = line.withUnsafeBufferPointer { scorer.logLikelihoods($0) }
    let scale = expected.map(abs).max() ?? 0
    for (found, expected) in zip(found, expected) {
      try require(abs(Double(found) - expected) <= 1e-5 * (1 + scale), "a score of \(found), not \(expected)")
    }
  }

  /// What a byte above 0x7f stands for: the scalars beyond ASCII that the reference knows, and bytes that are no UTF-8.
  private static let pieces: [[UInt8]] =
    ("éÉñÜßžΑαпПՀع中のカไท。、「」：\u{3000}\u{a0}\u{ad}\u{200b}\u{200d}😀👩“”’—…€£©•→»𐐀𐐁𠮷ς฿؟۔।？．¡¿"
    + "\u{301}\u{323}\u{feff}").unicodeScalars.map { Array(String($0).utf8) }
    + [[0xff], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]

  private static func spelled(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { $0 < 0x80 ? [$0] : pieces[Int($0 - 0x80) % pieces.count] }
  }
}
