/// Reads lines for training: the hashes of their features, and what the names of these are made of.
///
/// Names are wanted of few features, since most are known, so they are put together when they are asked for. Words come in
/// blocks, so that memory is bounded for lines of any length.
///
/// Not `Sendable`: make one a thread.
package final class RecordedLine {
  private let record: UnsafeMutablePointer<LineRecord>
  private var pattern = LinePattern(isNaming: true)

  package init() {
    record = .allocate(capacity: 1)
    record.initialize(to: LineRecord())
  }

  deinit {
    record.pointee.deallocate()
    record.deinitialize(count: 1)
    record.deallocate()
  }

  /// Reads a line.
  /// - Parameters:
  ///   - line: without its line end.
  ///   - takeWords: called with each block of words, in order, of which there is one on most lines. The last is still there
  ///     when the line has been read.
  /// - Returns: its look.
  /// - Complexity: O(bytes).
  package func read(_ line: UnsafeBufferPointer<UInt8>, takeWords: () -> Void) -> LineLook {
    let look = withoutActuallyEscaping(takeWords) { takeWords in
      record.pointee.begin(takeWords)
      var sink = LineRecordSink(record: record)
      let look = LineScanner.scan(line, into: &sink)
      record.pointee.takeWords = nil
      return look
    }
    patterns.removeAll(keepingCapacity: true)
    if look.wordCount <= LinePattern.longestLine && !look.isBlank {
      pattern.read(line)
      pattern.appendHashes(to: &patterns)
    }
    takeWords()
    return look
  }

  /// The hashes of the block's words.
  package var words: UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(start: record.pointee.words, count: record.pointee.wordCount)
  }

  /// The hashes of the bigrams of the line that was read.
  package var bigrams: UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(start: record.pointee.bigrams, count: record.pointee.bigramCount)
  }

  /// The hashes of the triples of the line's pattern; it has none if it is long.
  package private(set) var patterns: [UInt64] = []

  /// Appends the name of a word of the block.
  package func appendName(ofWord index: Int, to names: inout [UInt8]) {
    names.append(contentsOf: record.pointee.name(ofWord: index))
  }

  /// Appends the name of a bigram: those of its words, or marks, with a space between.
  package func appendName(ofBigram index: Int, to names: inout [UInt8]) {
    if index == 0 {
      names.append(contentsOf: FeatureHash.lineStartName)
    } else {
      appendName(ofWord: index - 1, to: &names)
    }
    names.append(0x20)
    if index == record.pointee.wordCount {
      names.append(contentsOf: FeatureHash.lineEndName)
    } else {
      appendName(ofWord: index, to: &names)
    }
  }

  /// Appends the name of a triple.
  package func appendName(ofPattern index: Int, to names: inout [UInt8]) {
    pattern.appendName(index, to: &names)
  }
}

/// What is written down of a line.
private struct LineRecord {
  /// Words of a block; more than a line of bigrams has.
  private static let blockSize = 1024
  /// A name that is too long for a model is cut one byte later: a word of many megabytes is not kept.
  private static let longestName = Vocabulary.longestName + 1

  let words = UnsafeMutablePointer<UInt64>.allocate(capacity: blockSize)
  /// Where the name of each word ends, which begins where that of the word before ends.
  private let nameEnds = UnsafeMutablePointer<Int>.allocate(capacity: blockSize)
  var wordCount = 0
  let bigrams = UnsafeMutablePointer<UInt64>.allocate(capacity: LineReader.longestPairedLine + 1)
  var bigramCount = 0
  /// The names of the words, and of the one that is being read.
  private let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: (blockSize + 1) * longestName)
  private var byteCount = 0
  private var nameStart = 0
  var takeWords: (() -> Void)?

  func deallocate() {
    words.deallocate()
    nameEnds.deallocate()
    bigrams.deallocate()
    bytes.deallocate()
  }

  mutating func begin(_ takeWords: @escaping () -> Void) {
    self.takeWords = takeWords
    (wordCount, bigramCount, byteCount, nameStart) = (0, 0, 0, 0)
  }

  @inline(__always)
  mutating func folded(_ byte: UInt8) {
    guard byteCount &- nameStart < Self.longestName else { return }
    bytes[byteCount] = byte
    byteCount &+= 1
  }

  @inline(__always)
  mutating func word(_ hash: UInt64) {
    if byteCount == nameStart { for byte in Self.numberName(hash) { folded(byte) } }
    words[wordCount] = hash
    nameEnds[wordCount] = byteCount
    wordCount &+= 1
    nameStart = byteCount
    if wordCount == Self.blockSize {
      takeWords?()
      (wordCount, byteCount, nameStart) = (0, 0, 0)
    }
  }

  func name(ofWord index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = index > 0 ? nameEnds[index - 1] : 0
    return UnsafeBufferPointer(start: bytes + start, count: nameEnds[index] - start)
  }

  private static let numberNames: [(hash: UInt64, name: [UInt8])] =
    (1...5).map { (FeatureHash.number(digits: $0), [UInt8](repeating: 0x23, count: $0)) }
    + [(FeatureHash.year, FeatureHash.yearName)]

  private static func numberName(_ hash: UInt64) -> [UInt8] {
    numberNames.first { $0.hash == hash }?.name ?? []
  }
}

/// Writes a line's words and bigrams down.
private struct LineRecordSink: FeatureSink {
  let record: UnsafeMutablePointer<LineRecord>

  @inline(__always)
  mutating func folded(_ byte: UInt8) { record.pointee.folded(byte) }

  @inline(__always)
  mutating func word(_ hash: UInt64) { record.pointee.word(hash) }

  @inline(__always)
  mutating func bigram(_ hash: UInt64) {
    record.pointee.bigrams[record.pointee.bigramCount] = hash
    record.pointee.bigramCount &+= 1
  }

  mutating func dropBigrams() { record.pointee.bigramCount = 0 }

  mutating func pattern(_ hash: UInt64, name: () -> [UInt8]) {}
}
