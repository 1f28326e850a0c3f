import Chaff

/// Notes what the scanner tells.
package struct RecordingSink: FeatureSink, Equatable {
  package var foldedBytes: [UInt8] = []
  package var words: [UInt64] = []
  package var bigrams: [UInt64] = []
  package var patterns: [UInt64] = []
  package var patternNames: [String] = []

  package init() {}

  package mutating func folded(_ byte: UInt8) { foldedBytes.append(byte) }
  package mutating func word(_ hash: UInt64) { words.append(hash) }
  package mutating func bigram(_ hash: UInt64) { bigrams.append(hash) }
  package mutating func dropBigrams() { bigrams.removeAll() }
  package mutating func pattern(_ hash: UInt64, name: () -> [UInt8]) {
    patterns.append(hash)
    patternNames.append(String(decoding: name(), as: UTF8.self))
  }

  /// Reads a line for all its features.
  package static func read(_ bytes: [UInt8]) -> (sink: RecordingSink, look: LineLook) {
    var sink = RecordingSink()
    var reader = LineReader()
    let look = bytes.withUnsafeBufferPointer { reader.read($0, into: &sink) }
    return (sink, look)
  }

  /// Scans a line for words and bigrams.
  package static func scan(_ bytes: [UInt8]) -> (sink: RecordingSink, look: LineLook) {
    var sink = RecordingSink()
    let look = bytes.withUnsafeBufferPointer { LineScanner.scan($0, into: &sink) }
    return (sink, look)
  }

  /// The look of a line of text.
  package static func look(_ text: String) -> LineLook { scan(Array(text.utf8)).look }
}
