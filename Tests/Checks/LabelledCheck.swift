import Chaff
import ChaffTraining

/// Bytes → labelled pages, in each of the formats. The first byte says in which; what is read is trained on if it is
/// small, and the model must open.
enum LabelledCheck {
  static func run(_ bytes: [UInt8]) throws(Finding) {
    guard let first = bytes.first else { return }
    let rest = Array(bytes.dropFirst())
    if first & 4 != 0 { return try readPart(rest) }
    try readPages(rest, file: ["a.tsv", "a.jsonl", "a.fasttext", "-"][Int(first & 3)])
  }

  private static func readPages(_ bytes: [UInt8], file: String) throws(Finding) {
    let pages: [LabelledPage]
    do throws(CorpusError) {
      pages = try CorpusReader.read(bytes, file: file)
    } catch {
      let lines = bytes.count { $0 == 0x0a } + 1
      try require(error.line.map { (1...lines).contains($0) } ?? true, "an error beyond the file: \(error)")
      return try require(!error.description.isEmpty, "an error without words")
    }
    try require(!pages.isEmpty && pages.allSatisfy { !$0.rows.isEmpty }, "a page without rows")
    for row in pages.flatMap(\.rows) {
      try require(row.lineNumber > 0 && !row.text.contains(0x0a), "a row of \(row.text.count) bytes that is no line")
    }
    _ = CorpusCheck(pages, labels: nil).findings.map(\.message)
    if bytes.count < 300 { try train(pages) }
  }

  private static func train(_ pages: [LabelledPage]) throws(Finding) {
    var options = TrainingOptions()
    options.minimumPages = [Int](repeating: 1, count: options.minimumPages.count)
    options.iterations = 2
    guard let result = try? Trainer.train(pages, options: options) else { return }
    try open(result.bytes)
    let again: Trainer.Result
    do {
      let merged = CountedPages.merging([try CountedPages(bytes: CountedPages(pages).bytes)])
      again = try Trainer.train(merged, options: options)
    } catch {
      throw Finding("a part that was just written cannot be read: \(error)")
    }
    try require(again.bytes == result.bytes, "a part trains another model")
  }

  private static func open(_ bytes: [UInt8]) throws(Finding) {
    do throws(ModelError) {
      _ = try LineClassifier(modelBytes: bytes)
    } catch {
      throw Finding("a model that was just trained cannot be opened: \(error)")
    }
  }

  /// Bytes → counted pages → model; the header is made to fit, so that what stands in its way is the pages' own rules.
  private static func readPart(_ bytes: [UInt8]) throws(Finding) {
    _ = try? CountedPages(bytes: bytes)
    guard bytes.count >= 40 else { return }
    var writer = ByteWriter()
    writer.append(contentsOf: CountedPages.merging([]).bytes[..<24])
    writer.append(UInt64(bytes.count))
    writer.append(bytes[40...].withUnsafeBytes { Checksum.of($0) })
    writer.append(contentsOf: bytes[40...])
    guard let part = try? CountedPages(bytes: writer.bytes) else { return }
    try require((try? CountedPages(bytes: part.bytes))?.rows == part.rows, "a part that does not read back")
    var options = TrainingOptions()
    options.iterations = 1
    if bytes.count < 2_000, let result = try? Trainer.train(part, options: options) { try open(result.bytes) }
  }
}
