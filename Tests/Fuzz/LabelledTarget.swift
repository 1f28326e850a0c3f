import Chaff
import ChaffTraining

/// Bytes → labelled pages, in each of the formats. The first byte says in which; what is read is trained on if it is
/// small, and the model must open.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLabelled(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
  let name = ["a.tsv", "a.jsonl", "a.fasttext", "-"][Int(start[0] & 3)]
  if start[0] & 4 != 0 {
    readPart(bytes)
    return 0
  }
  do throws(CorpusError) {
    let pages = try CorpusReader.read(bytes, file: name)
    precondition(!pages.isEmpty && pages.allSatisfy { !$0.rows.isEmpty }, "a page without rows")
    for row in pages.flatMap(\.rows) { precondition(row.lineNumber > 0 && !row.text.contains(0x0a)) }
    _ = CorpusCheck(pages, labels: nil).findings.map(\.message)
    if count < 300 { train(pages) }
  } catch {
    let lines = bytes.count { $0 == 0x0a } + 1
    precondition(error.line.map { (1...lines).contains($0) } ?? true, "an error beyond the file")
    precondition(!error.description.isEmpty)
  }
  return 0
}

private func train(_ pages: [LabelledPage]) {
  var options = TrainingOptions()
  options.minimumPages = [Int](repeating: 1, count: options.minimumPages.count)
  options.iterations = 2
  guard let result = try? Trainer.train(pages, options: options) else { return }
  open(result.bytes)
  let counted = CountedPages(pages)
  do {
    let merged = CountedPages.merging([try CountedPages(bytes: counted.bytes)])
    let again = try Trainer.train(merged, options: options)
    precondition(again.bytes == result.bytes, "a part trains another model")
  } catch {
    preconditionFailure("a part that was just written cannot be read: \(error)")
  }
}

private func open(_ bytes: [UInt8]) {
  do throws(ModelError) {
    _ = try LineClassifier(modelBytes: bytes)
  } catch {
    preconditionFailure("a model that was just trained cannot be opened: \(error)")
  }
}

/// Bytes → counted pages → model; the header is made to fit, so that what stands in its way is the pages' own rules.
private func readPart(_ bytes: [UInt8]) {
  _ = try? CountedPages(bytes: bytes)
  guard bytes.count >= 40 else { return }
  var writer = ByteWriter()
  writer.append(contentsOf: CountedPages.merging([]).bytes[..<24])
  writer.append(UInt64(bytes.count))
  writer.append(bytes[40...].withUnsafeBytes { Checksum.of($0) })
  writer.append(contentsOf: bytes[40...])
  guard let part = try? CountedPages(bytes: writer.bytes) else { return }
  precondition((try? CountedPages(bytes: part.bytes))?.rows == part.rows)
  var options = TrainingOptions()
  options.iterations = 1
  if bytes.count < 2_000, let result = try? Trainer.train(part, options: options) { open(result.bytes) }
}
