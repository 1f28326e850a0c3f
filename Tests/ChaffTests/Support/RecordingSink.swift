import Chaff

/// Notes what the scanner tells.
struct RecordingSink: FeatureSink, Equatable {
  var foldedBytes: [UInt8] = []
  var words: [UInt64] = []
  var bigrams: [UInt64] = []
  var patterns: [UInt64] = []
  var patternNames: [String] = []

  mutating func folded(_ byte: UInt8) { foldedBytes.append(byte) }
  mutating func word(_ hash: UInt64) { words.append(hash) }
  mutating func bigram(_ hash: UInt64) { bigrams.append(hash) }
  mutating func dropBigrams() { bigrams.removeAll() }
  mutating func pattern(_ hash: UInt64, name: () -> [UInt8]) {
    patterns.append(hash)
    patternNames.append(String(decoding: name(), as: UTF8.self))
  }

  /// Reads a line for all its features.
  static func read(_ bytes: [UInt8]) -> (sink: RecordingSink, look: LineLook) {
    var sink = RecordingSink()
    var reader = LineReader()
    let look = withBuffer(bytes) { reader.read($0, into: &sink) }
    return (sink, look)
  }

  /// Scans a line for words and bigrams.
  static func scan(_ bytes: [UInt8]) -> (sink: RecordingSink, look: LineLook) {
    var sink = RecordingSink()
    let look = withBuffer(bytes) { LineScanner.scan($0, into: &sink) }
    return (sink, look)
  }

  /// The look of a line of text.
  static func look(_ text: String) -> LineLook { scan(Array(text.utf8)).look }
}
