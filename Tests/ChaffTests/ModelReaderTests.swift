import Chaff
import ChaffTraining
import Testing

struct ModelReaderTests {
  private func tiny() throws -> [UInt8] { try TestModel.tiny.get() }

  private func expect(
    _ error: ModelError, _ file: [UInt8], _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: error, sourceLocation: location) { try TestModel.open(file) }
  }

  // MARK: Damage

  @Test func `Every truncation is refused`() throws {
    let file = try tiny()
    for count in 0..<file.count {
      #expect(throws: ModelError.self, "\(count) bytes") { try TestModel.open(Array(file[..<count])) }
    }
  }

  @Test func `Any one bit that is flipped is refused`() throws {
    var file = try tiny()
    for bit in 0..<file.count * 8 {
      file[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: ModelError.self, "bit \(bit)") { try TestModel.open(file) }
      file[bit / 8] ^= 1 << (bit % 8)
    }
    #expect(throws: Never.self) { try TestModel.open(file) }
  }

  @Test func `A forged model is refused, or classifies without fail`() throws {
    let file = try tiny()
    var generator = SplitMix64(seed: 170)
    var opened = 0
    for _ in 0..<1000 {
      var forged = file
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        forged[Int.random(in: 32..<file.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      // With the right checksum: only the rules of the sections stand in its way.
      guard let classifier = try? LineClassifier(modelBytes: SectionedModel.sealed(forged)) else { continue }
      opened += 1
      for line in classifier.classify(lines: ["Home", "The cat sat on the mat.", "The dog"]) {
        let sum = line.prediction?.posteriors.reduce(0, +) ?? 0
        #expect(abs(sum - 1) <= 1e-5)
      }
    }
    #expect(opened > 100, "else this test shows nothing")
  }

  @Test func `Bytes may lie anywhere and come in any collection`() throws {
    let file = try tiny()
    let moved = [0] + file
    #expect(try LineClassifier(modelBytes: moved[1...]).labels == TestModel.open(file).labels.labels)
    #expect(try LineClassifier(modelBytes: file.reversed().reversed()).labels.count == 2)
  }

  // MARK: Header

  @Test func `What does not begin as a model is none`() throws {
    expect(.notAModel, [])
    expect(.notAModel, Array("CHAFFMD".utf8))
    expect(.notAModel, Array("{\"model\": 1, \"this is\": \"something else altogether\"}".utf8))
    expect(.notAModel, try [0x63] + tiny().dropFirst())
  }

  @Test(arguments: [(8, 6), (12, 1)])
  func `Another version of the format or of words is refused`(_ offset: Int, _ supported: UInt32) throws {
    var file = try tiny()
    file[offset] = 7
    expect(.unsupportedVersion(found: 7, supported: supported), SectionedModel.sealed(file))
    file[offset + 3] = 1
    expect(.unsupportedVersion(found: 0x0100_0007, supported: supported), file)
  }

  @Test func `A length that is not the file's is refused`() throws {
    let file = try tiny()
    expect(.wrongLength(found: 100, stated: 128), Array(file[..<100]))
    expect(.wrongLength(found: file.count + 1, stated: UInt64(file.count)), file + [0])
    expect(.wrongLength(found: file.count - 64, stated: UInt64(file.count)), file.dropLast(64))
    let longer = SectionedModel.sealed(file + Array(repeating: 0, count: 64))
    expect(.wrongLength(found: file.count + 64, stated: UInt64(file.count)), longer)
  }

  @Test func `A checksum that does not fit is refused`() throws {
    var file = try tiny()
    file[24] ^= 1
    expect(.wrongChecksum, file)
    file = try tiny()
    file[200] ^= 1
    expect(.wrongChecksum, file)
  }

  @Test func `Sections that are missing, twice or out of order are refused`() throws {
    let sound = SectionedModel(try tiny())
    var broken = sound
    broken.sections.swapAt(0, 1)
    expect(.wrongSection(name: "LABL"), broken.file)
    broken = sound
    broken.sections[4] = broken.sections[3]
    expect(.wrongSection(name: "VOCA"), broken.file)
    var file = sound.file
    file[32 + 16 + 4] = 1
    expect(.wrongSection(name: "PARA"), SectionedModel.sealed(file))
    for offset in [112, 127] {
      file = sound.file
      file[offset] = 1
      expect(.wrongSection(name: "OWNR"), SectionedModel.sealed(file))
    }
  }

  @Test func `A sixth section is that of own rows, or refused`() throws {
    var model = SectionedModel(try tiny())
    #expect(try TestModel.open(model.file).ownRows == nil)
    model.sections.append(("OWNR", [1, 2, 3]))
    let opened = try TestModel.open(model.file)
    #expect(opened.ownRows.map { Array($0) } == [1, 2, 3])
    model.sections[5].name = "MORE"
    expect(.wrongSection(name: "OWNR"), model.file)
  }

  @Test func `Sections that reach past the end, or are not followed by zeros, are refused`() throws {
    var file = try tiny()
    for index in 40..<48 { file[index] = 0xff }
    expect(.wrongSectionLength(name: "LABL"), SectionedModel.sealed(file))
    file = try tiny()
    file[128 + 63] = 1
    expect(.wrongSectionLength(name: "LABL"), SectionedModel.sealed(file))
  }

  @Test(arguments: ["LABL", "PARA", "CHAI", "TABL", "VOCA"])
  func `A section that goes on too long, or is empty, is refused`(_ name: String) throws {
    var model = SectionedModel(try tiny())
    model[name] += [0]
    expect(.wrongSectionLength(name: name), model.file)
    model[name] = []
    expect(.wrongSectionLength(name: name), model.file)
  }

  @Test(arguments: ["LABL", "PARA", "CHAI", "TABL", "VOCA"])
  func `A section that ends too early is refused`(_ name: String) throws {
    let sound = SectionedModel(try tiny())
    for dropped in 1...min(100, sound[name].count) {
      var model = sound
      model[name].removeLast(dropped)
      #expect(throws: ModelError.self, "\(dropped)") { try TestModel.open(model.file) }
    }
  }

  // MARK: Labels

  @Test(
    arguments: [
      ([0], "no label"), ([0x80, 0x00], "label count"), ([0x81, 0x02], "label count"),
      ([1, 3, 0x61, 0x20, 0x62], "label"),
      ([1, 1, 0xff], "label"), ([1, 0], "label"), ([1, 101], "label"), ([2, 1, 0x62, 1, 0x61], "labels out of order"),
      ([2, 1, 0x61, 1, 0x61], "labels out of order"),
      // "a-" before "a/b", though it has the lower byte.
      ([2, 2, 0x61, 0x2d, 3, 0x61, 0x2f, 0x62], "labels out of order"),
      // A space of Unicode: U+3000.
      ([1, 4, 0x61, 0xe3, 0x80, 0x80], "label"),
    ] as [([UInt8], String)])
  func `Labels that are none, too many or out of order are refused`(_ bytes: [UInt8], _ what: String) throws {
    var model = SectionedModel(try tiny())
    model["LABL"] = bytes
    expect(.invalidValue(section: "LABL", what: what), model.file)
  }

  // MARK: Parameters

  @Test(
    arguments: [
      (0, 0, "smoothing"), (2, -1, "smoothing"), (0, .nan, "smoothing"), (3, -1, "minimum pages"),
      (3, 0.5, "minimum pages"), (4, 1.5, "minimum pages"), (5, 2.000000001, "minimum pages"),
      (5, .infinity, "minimum pages"), (6, 1001, "scale"), (8, -0.5, "scale"), (9, 0, "chain smoothing"),
      (10, .infinity, "chain smoothing"), (11, 1.5, "clean threshold"), (12, 0, "temperature"),
      (12, 9, "temperature"), (12, 2.5, "temperature"), (12, .nan, "temperature"), (13, 0.5, "forms"), (13, 2, "forms"),
      (14, -2, "article text"), (14, 0.5, "article text"), (14, 2, "article text"), (14, .nan, "article text"),
      (15, 1001, "weight"), (56, -1001, "weight"), (57, .nan, "bias"), (58, 1e9, "bias"),
    ] as [(Int, Double, String)])
  func `Parameters out of their range are refused`(_ index: Int, _ value: Double, _ what: String) throws {
    var model = SectionedModel(try tiny())
    var writer = ByteWriter()
    writer.append(value)
    model["PARA"].replaceSubrange(index * 8..<index * 8 + 8, with: writer.bytes)
    expect(.invalidValue(section: "PARA", what: what), model.file)
  }

  @Test(arguments: [(1.0, 2.0, true), (-1.0, 2.0, true), (1.0, 2.01, false), (-2.0, 1.1, false), (1000, 1000, false)])
  func `A step that weighs more than sums have room for is refused`(
    _ scale: Double, _ weight: Double, _ isSound: Bool
  ) throws {
    var model = SectionedModel(try tiny())
    for (index, value) in [(7, abs(scale)), (15 + 2 * LengthClass.count, weight * (scale < 0 ? -1 : 1))] {
      var writer = ByteWriter()
      writer.append(value)
      model["PARA"].replaceSubrange(index * 8..<index * 8 + 8, with: writer.bytes)
    }
    if isSound {
      #expect(throws: Never.self) { try TestModel.open(model.file) }
    } else {
      expect(.invalidValue(section: "PARA", what: "weight of a step"), model.file)
    }
  }

  // MARK: Chain

  /// Section `CHAI` of two labels and no counts, with the given pairs.
  private func chain(_ pairs: [Int]) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(contentsOf: [UInt8](repeating: 0, count: 2 + 2 + 12))
    for number in pairs { writer.appendVariable(number) }
    return writer.bytes
  }

  @Test(
    arguments: [
      ([1, 0, 0], "count of a pair"), ([1, 144, 1], "pair"), ([1, 145, 1], "pair"), ([2, 143, 1, 0, 1], "pair"),
      ([145], "pairs"), ([1, 0, 1 << 40 + 1], "count"),
    ] as [([Int], String)])
  func `Pairs that are none are refused`(_ pairs: [Int], _ what: String) throws {
    var model = SectionedModel(try tiny())
    model["CHAI"] = chain(pairs)
    expect(.invalidValue(section: "CHAI", what: what), model.file)
  }

  @Test func `Pairs are read where they belong`() throws {
    var model = SectionedModel(try tiny())
    model["CHAI"] = chain([2, 3, 7, 139, 1])
    let counts = try TestModel.open(model.file).chainCounts
    #expect(counts.pairs[3] == 7 && counts.pairs[143] == 1 && counts.pairs.reduce(0, +) == 8)
  }

  @Test func `Counts of a label that a phase does not have are refused`() throws {
    let model = try TestModel.model()
    let text = try #require(model.parameters.articleText)
    let place = model.chain.phases.place(PagePhases.Position(phase: .list, label: text))
    for change: (inout ChainCounts) -> Void in [
      { $0.first[place] = 1 }, { $0.last[place] = 1 }, { $0.lines[place] = 1 },
    ] {
      var chain = model.chainCounts
      change(&chain)
      let parts = ModelWriter.Parts(
        labels: model.labels, parameters: model.parameters, chain: chain,
        table: SectionedModel(Array(model.bytes.bytes))["TABL"],
        vocabulary: VocabularyCoding.write(try model.vocabulary()))
      expect(.invalidValue(section: "CHAI", what: "place"), ModelWriter.bytes(of: parts))
    }
  }

  // MARK: Table

  /// Section `TABL` with one pilot, the given slots, and rows of one byte sixteen times.
  private func table(slots: [UInt32], rows: [UInt8], lanes: UInt32 = 16, zeros: UInt8 = 0) -> [UInt8] {
    var writer = ByteWriter()
    for number in [1, UInt32(slots.count), UInt32(rows.count), lanes] { writer.append(number) }
    writer.append(UInt32(0))
    for slot in slots { writer.append(slot) }
    writer.align(16)
    for row in rows + [zeros] { writer.append(contentsOf: [UInt8](repeating: row, count: 16)) }
    return writer.bytes
  }

  private func expect(_ error: ModelError?, table: [UInt8], _ location: SourceLocation = #_sourceLocation) throws {
    var model = SectionedModel(try tiny())
    model["TABL"] = table
    if let error {
      expect(error, model.file, location)
    } else {
      #expect(throws: Never.self, sourceLocation: location) { try TestModel.open(model.file) }
    }
  }

  private func invalid(_ what: String) -> ModelError { .invalidValue(section: "TABL", what: what) }

  @Test func `A table on which a look-up could go wrong is refused`() throws {
    try expect(nil, table: table(slots: [0x5_0000, 0x9_0001, 2], rows: [7, 8]))
    try expect(nil, table: table(slots: [0x5_0000], rows: []))
    try expect(invalid("rank in slot 1"), table: table(slots: [0, 3, 1], rows: [7, 8]))
    try expect(invalid("rank in slot 0"), table: table(slots: [0x1_ffff], rows: []))
    try expect(invalid("last row"), table: table(slots: [0], rows: [7], zeros: 1))
    try expect(invalid("lanes"), table: table(slots: [0], rows: [7], lanes: 32))
  }

  @Test func `A table whose size does not follow from its counts is refused`() throws {
    let wrong = ModelError.wrongSectionLength(name: "TABL")
    try expect(wrong, table: table(slots: [], rows: []))
    for (offset, value) in [(0, UInt8(0)), (0, 9), (3, 0xff), (4, 9), (7, 0xff), (8, 2), (11, 0xff)] {
      var bytes = table(slots: [0], rows: [7])
      bytes[offset] = value
      try expect(wrong, table: bytes)
    }
  }

  // MARK: Vocabulary

  /// Section `VOCA` of two labels, no counts but those of the given features of the first block.
  private func vocabulary(_ features: [UInt8], count: UInt8) -> [UInt8] {
    Array(repeating: 0, count: 2 + 6) + [count] + features + [0, 0]
  }

  @Test(
    arguments: [
      // Shared bytes, more bytes, the bytes, pages, gain, labels; for each label its distance twice, + 1 before a count.
      ([0, 1, 0x62, 1, 64, 0, 0, 1, 0x61, 1, 64, 0], 2, "features out of order"),
      ([0, 1, 0x61, 1, 64, 0, 1, 0, 1, 64, 0], 2, "features out of order"),
      ([1, 1, 0x61, 1, 64, 0], 1, "shared bytes"), ([0, 1, 0x61, 1, 64, 3, 0, 0, 0], 1, "labels"),
      ([0, 1, 0x61, 1, 64, 1, 4], 1, "label"), ([0, 1, 0x61, 1, 64, 2, 2, 0], 1, "label"),
      ([0, 1, 0x61, 1, 64, 1, 5, 0], 1, "label"),
      // More features than bytes that remain.
      ([], 100, "feature count"),
    ] as [([UInt8], UInt8, String)])
  func `A vocabulary out of order or with strange labels is refused`(
    _ features: [UInt8], _ count: UInt8, _ what: String
  ) throws {
    var model = SectionedModel(try tiny())
    model["VOCA"] = vocabulary(features, count: count)
    expect(.invalidValue(section: "VOCA", what: what), model.file)
  }

  @Test func `A vocabulary is read as it stands`() throws {
    var model = SectionedModel(try tiny())
    model["VOCA"] = vocabulary([0, 2, 0x61, 0x62, 3, 0, 2, 0, 1, 5, 1, 1, 0x63, 4, 64, 1, 2], count: 2)
    let features = try TestModel.open(model.file).vocabulary().features
    #expect(
      features == [
        .init(block: .words, name: Array("ab".utf8), counts: [(0, 1), (1, 7)], pages: 3, gain: FeatureGain(steps: 0)),
        .init(block: .words, name: Array("ac".utf8), counts: [(1, 1)], pages: 4),
      ])
  }

  // MARK: The embedded model

  @Test func `The embedded model passes all checks`() throws {
    let embedded = ModelBytes(standard: ())
    let model = try ModelReader.read(embedded, isTrusted: false)
    #expect(model.labels.labels == LineClassifier.standard.labels)
    #expect(model.checksum == LineClassifier.standard.model.checksum)
    #expect(embedded.bytes.count <= 2 << 20)
  }

  @Test func `The embedded model's bytes open as any model's`() throws {
    let classifier = try LineClassifier(modelBytes: ModelBytes(standard: ()).bytes)
    #expect(classifier.labels == LineClassifier.standard.labels)
    let lines = ["Home", "Sign up to our newsletter", "The river rose by two metres in the night, the mayor said."]
    #expect(classifier.classify(lines: lines) == LineClassifier.standard.classify(lines: lines))
  }
}
