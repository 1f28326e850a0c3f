/// Section `VOCA`: names and counts.
///
/// Numbers are LEB128. Labels' line counts (*K* numbers); totals (blocks × *K*). Then for each block its number of
/// features and, for each feature, ascending by name: bytes shared with the name before, bytes that follow, those bytes;
/// the pages; the steps of its gain (one byte); how many labels; for each label twice its distance from the one before,
/// plus 1 if the count is not 1, and then the count less 2.
package enum VocabularyCoding {
  /// The bytes of a vocabulary.
  package static func write(_ vocabulary: Vocabulary) -> [UInt8] {
    var writer = VocabularyWriter(
      lines: vocabulary.lines, totals: vocabulary.totals)
    for block in FeatureBlock.allCases {
      let features = vocabulary.features.filter { $0.block == block }
      writer.beginBlock(features: features.count)
      for feature in features {
        writer.append(feature.name[...], pages: feature.pages, gain: feature.gain, counts: feature.counts)
      }
    }
    return writer.bytes
  }

  /// The most features that a model may have.
  static let featureLimit = 1 << 24

  static func read(_ bytes: UnsafeRawBufferPointer, labelCount: Int) throws(ModelError) -> Vocabulary {
    var features: [Vocabulary.Feature] = []
    var vocabulary = try walk(bytes, labelCount) { features.append($0) }
    vocabulary.features = features
    return vocabulary
  }

  /// Checks all rules without keeping anything: names share their beginnings in the file, so that a small one could
  /// hold more of them than memory does.
  static func check(_ bytes: UnsafeRawBufferPointer, labelCount: Int) throws(ModelError) {
    _ = try walk(bytes, labelCount) { _ in }
  }

  /// Calls `body` with each feature in order, and returns what there is beside the features.
  private static func walk(
    _ bytes: UnsafeRawBufferPointer, _ labelCount: Int, _ body: (Vocabulary.Feature) -> Void
  ) throws(ModelError) -> Vocabulary {
    var reader = ByteReader(bytes, section: "VOCA")
    func numbers(_ count: Int, _ reader: inout ByteReader) throws(ModelError) -> [Int] {
      var result: [Int] = []
      for _ in 0..<count { result.append(try reader.readVariable("count", limit: Int(Int32.max))) }
      return result
    }
    let lines = try numbers(labelCount, &reader)
    let totals = try numbers(labelCount * FeatureBlock.count, &reader)
    // Their memory is used again: a model is checked in half the time.
    var name: [UInt8] = []
    var counts: [(label: Int, count: Int)] = []
    for block in FeatureBlock.allCases {
      let count = try reader.readVariable("feature count", limit: min(reader.remaining, featureLimit))
      name.removeAll(keepingCapacity: true)
      for index in 0..<count {
        try readName(after: &name, isFirst: index == 0, &reader)
        let pages = try reader.readVariable("pages", limit: Int(Int32.max))
        let gain = FeatureGain(steps: try reader.read(UInt8.self))
        try readCounts(labelCount, &reader, to: &counts)
        body(Vocabulary.Feature(block: block, name: name, counts: counts, pages: pages, gain: gain))
      }
    }
    try reader.end()
    return Vocabulary(features: [], totals: totals, lines: lines)
  }

  /// Exchanges a name for the next.
  private static func readName(after name: inout [UInt8], isFirst: Bool, _ reader: inout ByteReader) throws(ModelError)
  {
    let shared = try reader.readVariable("shared bytes", limit: name.count)
    let more = try reader.readBytes(try reader.readVariable("name", limit: Vocabulary.longestName - shared))
    // They begin alike, so that what follows is ordered as they are.
    guard isFirst || name[shared...].lexicographicallyPrecedes(more) else {
      throw reader.invalid("features out of order")
    }
    name.removeLast(name.count - shared)
    name.append(contentsOf: more)
  }

  private static func readCounts(
    _ labelCount: Int, _ reader: inout ByteReader, to counts: inout [(label: Int, count: Int)]
  ) throws(ModelError) {
    counts.removeAll(keepingCapacity: true)
    var next = 0
    for _ in 0..<(try reader.readVariable("labels", limit: labelCount)) {
      let code = try reader.readVariable("label", limit: 2 * labelCount)
      let label = next + code / 2
      guard label < labelCount else { throw reader.invalid("label") }
      let count = code % 2 == 0 ? 1 : 2 + (try reader.readVariable("count", limit: Int(Int32.max)))
      counts.append((label, count))
      next = label + 1
    }
  }
}
