/// Section `VOCA`: names and counts.
///
/// Numbers are LEB128. Labels' line counts (*K* numbers); totals (hashed blocks × *K*); shape counts (shape features ×
/// *K*). Then for each hashed block its number of features and, for each feature, ascending by name: bytes shared
/// with the name before, bytes that follow, those bytes; the pages; how many labels; for each label twice its
/// distance from the one before, plus 1 if the count is not 1, and then the count less 2.
enum VocabularyCoding {
  static func write(_ vocabulary: Vocabulary) -> [UInt8] {
    var writer = ByteWriter()
    for count in vocabulary.lines + vocabulary.totals + vocabulary.shapeCounts { writer.appendVariable(count) }
    for block in FeatureBlock.hashed {
      let first = vocabulary.features.firstIndex { $0.block == block } ?? 0
      let count = vocabulary.features[first...].prefix { $0.block == block }.count
      writer.appendVariable(count)
      for number in first..<first + count {
        write(
          vocabulary.features[number], after: number > first ? vocabulary.features[number - 1].name : [], to: &writer)
      }
    }
    return writer.bytes
  }

  private static func write(_ feature: Vocabulary.Feature, after previous: [UInt8], to writer: inout ByteWriter) {
    var shared = 0
    while shared < min(feature.name.count, previous.count) && feature.name[shared] == previous[shared] { shared += 1 }
    writer.appendVariable(shared)
    writer.appendVariable(feature.name.count - shared)
    writer.append(contentsOf: feature.name[shared...])
    writer.appendVariable(feature.pages)
    writer.appendVariable(feature.counts.count)
    var next = 0
    for (label, count) in feature.counts {
      writer.appendVariable((label - next) * 2 + (count > 1 ? 1 : 0))
      if count > 1 { writer.appendVariable(count - 2) }
      next = label + 1
    }
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
    let totals = try numbers(labelCount * FeatureBlock.hashed.count, &reader)
    let shapes = try numbers(labelCount * ShapeFeatures.count, &reader)
    for block in FeatureBlock.hashed {
      let count = try reader.readVariable("feature count", limit: min(reader.remaining, featureLimit))
      var previous: [UInt8] = []
      for index in 0..<count {
        let feature = try readFeature(block, after: previous, labelCount, &reader)
        guard index == 0 || previous.lexicographicallyPrecedes(feature.name) else {
          throw reader.invalid("features out of order")
        }
        previous = feature.name
        body(feature)
      }
    }
    try reader.end()
    return Vocabulary(features: [], totals: totals, shapeCounts: shapes, lines: lines)
  }

  private static func readFeature(
    _ block: FeatureBlock, after previous: [UInt8], _ labelCount: Int, _ reader: inout ByteReader
  ) throws(ModelError) -> Vocabulary.Feature {
    let shared = try reader.readVariable("shared bytes", limit: previous.count)
    let more = try reader.readVariable("name", limit: Vocabulary.longestName - shared)
    let name = Array(previous[..<shared]) + Array(try reader.readBytes(more))
    let pages = try reader.readVariable("pages", limit: Int(Int32.max))
    let pairs = try reader.readVariable("labels", limit: labelCount)
    var counts: [(label: Int, count: Int)] = []
    var next = 0
    for _ in 0..<pairs {
      let code = try reader.readVariable("label", limit: 2 * labelCount)
      let label = next + code / 2
      guard label < labelCount else { throw reader.invalid("label") }
      let count = code % 2 == 0 ? 1 : 2 + (try reader.readVariable("count", limit: Int(Int32.max)))
      counts.append((label, count))
      next = label + 1
    }
    return Vocabulary.Feature(block: block, name: name, counts: counts, pages: pages)
  }
}
