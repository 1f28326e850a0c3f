/// Reads the bytes of a model file. Everything that classifying relies on is checked here, so that it fails at load
/// and never later.
package enum ModelReader {
  /// Opens a model.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - isTrusted: skip the checksum and the walk over the table; for the embedded model only, whose bytes are part of
  ///     the program (a test checks them in full).
  /// - Complexity: O(bytes); O(labels² ) if trusted.
  package static func read(_ bytes: ModelBytes, isTrusted: Bool) throws(ModelError) -> Model {
    let sections = try split(bytes.bytes, isTrusted: isTrusted)
    func slice(_ index: Int) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(rebasing: bytes.bytes[sections[index].range])
    }
    let labels = try labels(slice(0))
    let parameters = try ParameterCoding.read(slice(1), labels: labels)
    let lanes = (labels.count + 15) & ~15
    let record = try chain(slice(2), PagePhases(labels, text: parameters.articleText))
    let table = try table(slice(3), owner: bytes, lanes: lanes, isTrusted: isTrusted)
    let model = Model(
      labels: labels, parameters: parameters,
      chain: Chain(
        record, smoothing: parameters.chainSmoothing[0], formSmoothing: parameters.chainSmoothing[1]),
      table: table, coefficients: coefficients(parameters, labels.count), bias: bias(parameters, labels.count),
      bytes: bytes, chainRange: sections[2].range, vocabularyRange: sections[4].range,
      ownRowsRange: sections.count > 5 ? sections[5].range : nil,
      checksum: bytes.bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self).littleEndian)
    if !isTrusted { try VocabularyCoding.check(slice(4), labelCount: labels.count) }
    return model
  }

  /// Where a section lies in the file. An array of ranges alone would have their generic type made at run time, which
  /// takes as long as to read all pairs of the chain.
  private struct Section {
    let range: Range<Int>
  }

  /// Checks the header and finds the sections.
  private static func split(_ bytes: UnsafeRawBufferPointer, isTrusted: Bool) throws(ModelError) -> [Section] {
    guard bytes.starts(with: ModelFormat.magic) else { throw .notAModel }
    guard bytes.count >= ModelFormat.headerSize else {
      throw .wrongLength(found: bytes.count, stated: UInt64(ModelFormat.headerSize))
    }
    func number<T: FixedWidthInteger>(_ offset: Int, _ type: T.Type) -> T {
      T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    }
    for (offset, version) in [(8, ModelFormat.version), (12, Normalization.version)] {
      let found = number(offset, UInt32.self)
      guard found == version else { throw .unsupportedVersion(found: found, supported: version) }
    }
    let stated = number(16, UInt64.self)
    guard stated == UInt64(bytes.count), bytes.count <= ModelFormat.sizeLimit else {
      throw .wrongLength(found: bytes.count, stated: stated)
    }
    if !isTrusted {
      let checked = UnsafeRawBufferPointer(rebasing: bytes[ModelFormat.checkedFrom...])
      guard Checksum.of(checked) == number(24, UInt64.self) else { throw .wrongChecksum }
    }
    var names = ModelFormat.sections
    if number(112, UInt64.self) != 0 || number(120, UInt64.self) != 0 { names.append(ModelFormat.optionalSection) }
    var next = ModelFormat.headerSize
    var sections: [Section] = []
    for (index, name) in names.enumerated() {
      let entry = 32 + index * 16
      guard bytes[entry..<entry + 4].elementsEqual(name.utf8), number(entry + 4, UInt32.self) == 0 else {
        throw .wrongSection(name: name)
      }
      let length = number(entry + 8, UInt64.self)
      guard length <= UInt64(bytes.count - next) else { throw .wrongSectionLength(name: name) }
      let end = next + Int(length)
      let padded = (end + ModelFormat.alignment - 1) / ModelFormat.alignment * ModelFormat.alignment
      guard padded <= bytes.count, bytes[end..<padded].allSatisfy({ $0 == 0 }) else {
        throw .wrongSectionLength(name: name)
      }
      sections.append(Section(range: next..<end))
      next = padded
    }
    guard next == bytes.count else { throw .wrongLength(found: bytes.count, stated: UInt64(next)) }
    return sections
  }

  private static func labels(_ bytes: UnsafeRawBufferPointer) throws(ModelError) -> LabelSet {
    var reader = ByteReader(bytes, section: "LABL")
    let count = try reader.readVariable("label count", limit: LabelSet.limit)
    guard count > 0 else { throw reader.invalid("no label") }
    var labels: [Label] = []
    for _ in 0..<count {
      guard let label = Label(try reader.readText("label", limit: 100)) else { throw reader.invalid("label") }
      if let last = labels.last, !(last < label) { throw reader.invalid("labels out of order") }
      labels.append(label)
    }
    try reader.end()
    return LabelSet(ascending: labels)
  }

  /// Section `CHAI`: the chain's counts.
  static func chain(_ bytes: UnsafeRawBufferPointer, _ phases: PagePhases) throws(ModelError) -> ChainRecord {
    var reader = ByteReader(bytes, section: "CHAI")
    func numbers(_ count: Int, _ reader: inout ByteReader) throws(ModelError) -> [UInt64] {
      var values: [UInt64] = []
      values.reserveCapacity(count)
      for _ in 0..<count { values.append(UInt64(try reader.readVariable("count", limit: 1 << 40))) }
      return values
    }
    let first = try numbers(phases.placeCount, &reader)
    let last = try numbers(phases.placeCount, &reader)
    let lines = try numbers(phases.placeCount * LineForm.count, &reader)
    for place in 0..<phases.placeCount where phases.position(place) == nil {
      let states = stride(from: place, to: lines.count, by: phases.placeCount)
      guard first[place] == 0, last[place] == 0, states.allSatisfy({ lines[$0] == 0 }) else {
        throw reader.invalid("place")
      }
    }
    let pairs = try readPairs(of: ChainRecord.pairCount(phases), &reader)
    try reader.end()
    return ChainRecord(phases: phases, first: first, last: last, lines: lines, pairs: pairs)
  }

  private static func readPairs(
    of pairCount: Int, _ reader: inout ByteReader
  ) throws(ModelError) -> [ChainRecord.Pair] {
    let seen = try reader.readVariable("pairs", limit: pairCount)
    var pairs: [ChainRecord.Pair] = []
    // A pair has two bytes at least.
    pairs.reserveCapacity(min(seen, reader.remaining / 2))
    var next = 0
    for _ in 0..<seen {
      next += try reader.readVariable("pair", limit: pairCount)
      guard next < pairCount else { throw reader.invalid("pair") }
      let count = UInt64(try reader.readVariable("count", limit: 1 << 40))
      guard count > 0 else { throw reader.invalid("count of a pair") }
      pairs.append(ChainRecord.Pair(number: UInt32(next), count: count))
      next += 1
    }
    return pairs
  }

  private static func table(
    _ bytes: UnsafeRawBufferPointer, owner: ModelBytes, lanes: Int, isTrusted: Bool
  ) throws(ModelError) -> FeatureTable {
    var reader = ByteReader(bytes, section: "TABL")
    var numbers: [Int] = []
    for _ in 0..<4 { numbers.append(Int(try reader.read(UInt32.self))) }
    let size = FeatureTable.Size(pilots: numbers[0], slots: numbers[1], rows: numbers[2], lanes: numbers[3])
    guard size.lanes == lanes else { throw reader.invalid("lanes") }
    guard size.pilots > 0, size.slots > 0, size.byteCount == bytes.count, let base = bytes.baseAddress else {
      throw .wrongSectionLength(name: "TABL")
    }
    let table = FeatureTable(owner: owner, at: base, size: size)
    if !isTrusted { try table.check() }
    return table
  }

  private static func coefficients(_ parameters: ModelParameters, _ labelCount: Int) -> [SIMD16<Float>] {
    (0..<LengthClass.count).flatMap { length in
      FeatureBlock.allCases.flatMap { block in
        stride(from: 0, to: labelCount, by: 16).map { start in
          var vector = SIMD16<Float>(repeating: 0)
          for lane in 0..<min(16, labelCount - start) {
            vector[lane] = Float(
              parameters.weight(block, length: length, label: start + lane) * parameters.scales[block.rawValue])
          }
          return vector
        }
      }
    }
  }

  private static func bias(_ parameters: ModelParameters, _ labelCount: Int) -> [SIMD16<Float>] {
    stride(from: 0, to: labelCount, by: 16).map { start in
      // Padding lies below all that a label of a short line can come to; see `LineScorer.keepInRange()` for long ones.
      var vector = SIMD16<Float>(repeating: -200_000)
      for lane in 0..<16 where start + lane < labelCount { vector[lane] = Float(parameters.bias[start + lane]) }
      return vector
    }
  }
}
