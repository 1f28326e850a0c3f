import Chaff

/// Pages as bytes: what a part file holds, and what a model keeps of the rows that it was taught.
///
/// Numbers are LEB128 unless said otherwise. How many labels, and each path with its length before it, ascending. How
/// many features, and for each its block, its hash (8 bytes) and its name with its length before it. How many pages, and
/// for each: 1 for a part, else 0; its copies; how many lines, and for each line: its label's number plus 1, or 0; the
/// checksum of its text (8 bytes); its length class; its form; its words; how many features, and their numbers.
enum PartCoding {
  static func write(_ corpus: IndexedCorpus) -> [UInt8] {
    var writer = ByteWriter()
    writer.appendVariable(corpus.labels.count)
    for label in corpus.labels.labels { writer.append(text: label.path) }
    writer.appendVariable(corpus.index.count)
    for feature in 0..<corpus.index.count {
      writer.appendVariable(corpus.index.blocks[feature].rawValue)
      writer.append(corpus.index.hashes[feature])
      writer.appendVariable(corpus.index.names.length(feature))
      writer.append(contentsOf: corpus.index.names[feature])
    }
    writer.appendVariable(corpus.pages.count)
    for page in corpus.pages {
      writer.appendVariable(page.isPart ? 1 : 0)
      writer.appendVariable(page.copies)
      writer.appendVariable(page.lines.count)
      for line in corpus.lines[page.lines] { write(line, of: corpus, to: &writer) }
    }
    return writer.bytes
  }

  private static func write(_ line: IndexedCorpus.Line, of corpus: IndexedCorpus, to writer: inout ByteWriter) {
    writer.appendVariable(line.label + 1)
    writer.append(line.text)
    for number in [line.lengthClass, line.form, line.words] { writer.appendVariable(number) }
    writer.appendVariable(line.features.count)
    for feature in corpus.features[line.features] { writer.appendVariable(Int(feature)) }
  }

  static func read(_ bytes: UnsafeRawBufferPointer) throws(PartError) -> IndexedCorpus {
    var reader = PartReader(bytes)
    var corpus = IndexedCorpus()
    corpus.labels = try labels(&reader)
    for _ in 0..<(try reader.count("features")) { try readFeature(&reader, &corpus) }
    var lastLines = [Int](repeating: -1, count: corpus.index.count)
    for _ in 0..<(try reader.count("pages")) { try readPage(&reader, &corpus, &lastLines) }
    guard reader.isAtEnd else { throw .invalid("bytes after the last page") }
    return corpus
  }

  private static func labels(_ reader: inout PartReader) throws(PartError) -> LabelSet {
    var labels: [Label] = []
    for _ in 0..<(try reader.count("labels")) {
      guard let text = String(validating: try reader.bytes("label", limit: 100), as: UTF8.self),
        let label = Label(text)
      else { throw .invalid("label") }
      if let last = labels.last, !(last < label) { throw .invalid("labels out of order") }
      labels.append(label)
    }
    return LabelSet(labels)
  }

  private static func readFeature(_ reader: inout PartReader, _ corpus: inout IndexedCorpus) throws(PartError) {
    guard let block = FeatureBlock(rawValue: try reader.number("block", below: FeatureBlock.count)) else {
      throw .invalid("block")
    }
    let hash = try reader.fixed()
    let name = Array(try reader.bytes("name", limit: Int(UInt32.max)))
    // A name that is too long for a model may be cut. All others must have the hash that they say, or a crafted file
    // could put all features into one slot of the index.
    guard name.count > Vocabulary.longestName || FeatureHash.named(name, in: block) == hash else {
      throw .invalid("hash of a feature")
    }
    let known = corpus.index.count
    guard corpus.index.insert(hash, block: block, name: { name }) == known else { throw .invalid("feature twice") }
  }

  private static func readPage(
    _ reader: inout PartReader, _ corpus: inout IndexedCorpus, _ lastLines: inout [Int]
  ) throws(PartError) {
    let isPart = try reader.number("part", below: 2) == 1
    let copies = try reader.number("copies", below: IndexedCorpus.copyLimit + 1)
    let start = corpus.lines.count
    let count = try reader.count("lines")
    guard copies > 0, count > 0 else { throw .invalid("empty page") }
    for _ in 0..<count { try readLine(&reader, &corpus, &lastLines) }
    corpus.pages.append(IndexedCorpus.Page(isPart: isPart, lines: start..<corpus.lines.count, copies: copies))
  }

  /// - Parameter lastLines: for each feature, the last line that held it: a line counts a feature once.
  private static func readLine(
    _ reader: inout PartReader, _ corpus: inout IndexedCorpus, _ lastLines: inout [Int]
  ) throws(PartError) {
    let label = try reader.number("label", below: corpus.labels.count + 1) - 1
    let text = try reader.fixed()
    let lengthClass = try reader.number("length class", below: LengthClass.count)
    let form = try reader.number("form", below: LineForm.count)
    let words = try reader.number("words", below: Int(Int32.max))
    let first = corpus.features.count
    for _ in 0..<(try reader.count("features of a line")) {
      let feature = try reader.number("feature", below: corpus.index.count)
      guard lastLines[feature] != corpus.lines.count else { throw .invalid("feature twice in a line") }
      lastLines[feature] = corpus.lines.count
      corpus.features.append(UInt32(feature))
    }
    corpus.lines.append(
      IndexedCorpus.Line(
        label: label, lengthClass: lengthClass, form: form, features: first..<corpus.features.count,
        words: words, text: text))
  }
}

/// Reads the numbers of a part; never past its end.
private struct PartReader {
  private let source: UnsafeRawBufferPointer
  private var offset = 0

  init(_ source: UnsafeRawBufferPointer) { self.source = source }

  var isAtEnd: Bool { offset == source.count }

  /// A number below a limit, in its shortest form.
  mutating func number(_ what: String, below limit: Int) throws(PartError) -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard offset < source.count, shift < 56 else { throw .invalid(what) }
      let byte = source[offset]
      offset += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 {
        guard byte != 0 || shift == 0, value < UInt64(max(limit, 0)) else { throw .invalid(what) }
        return Int(value)
      }
      shift += 7
    }
  }

  /// How many things follow, each of a byte at least.
  mutating func count(_ what: String) throws(PartError) -> Int {
    try number(what, below: source.count - offset + 1)
  }

  /// Eight bytes.
  mutating func fixed() throws(PartError) -> UInt64 {
    guard source.count - offset >= 8 else { throw .invalid("number") }
    defer { offset += 8 }
    return UInt64(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Bytes with their length before them.
  mutating func bytes(_ what: String, limit: Int) throws(PartError) -> UnsafeRawBufferPointer {
    let count = try number(what, below: limit + 1)
    guard count <= source.count - offset else { throw .invalid(what) }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: source[offset..<offset + count])
  }
}
