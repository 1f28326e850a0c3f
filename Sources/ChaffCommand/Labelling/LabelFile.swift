import Chaff
import ChaffTraining

/// The file that labels go to: labelled pages, at any time fit for `train`.
///
/// A line that is still open is a row `skip` with a comment `# open` after it. Pages that the file had before and that are
/// not being labelled stay as they are, to the byte.
struct LabelFile {
  private static let open = Array("# open".utf8)

  let path: String
  /// Pages of the file that are not being labelled.
  private var kept: [[UInt8]] = []
  /// Keeps a second annotator from the file while this one runs.
  private let lock: FileLock

  /// Opens the file, if it is there, and takes over what was decided in it before.
  init(path: String, pages: inout [LabelPage]) throws(CommandError) {
    self.path = path
    lock = try FileLock(beside: path)
    do throws(CommandError) {
      try load(&pages)
    } catch {
      lock.release()
      throw error
    }
  }

  private mutating func load(_ pages: inout [LabelPage]) throws(CommandError) {
    guard System.kind(path) != nil else { return }
    let bytes = try WholeFile.read(path) { _ in true }
    let read: [LabelledPage]
    do throws(CorpusError) {
      read = try LabelledPageReader.read(bytes, file: path)
    } catch {
      guard error.fault == .empty else { throw CommandError(.badData, error.description) }
      return
    }
    resume(read, bytes.split(separator: 0x0a, omittingEmptySubsequences: false), &pages)
  }

  /// Gives each page of the file to the page with the same lines; what fits none is kept.
  private mutating func resume(
    _ read: [LabelledPage], _ lines: [ArraySlice<UInt8>], _ pages: inout [LabelPage]
  ) {
    var isTaken = [Bool](repeating: false, count: pages.count)
    var start = 0
    for page in read {
      var end = page.rows.last?.lineNumber ?? start
      if isOpen(after: end, lines) { end += 1 }
      let fit = pages.indices.first { index in
        !isTaken[index] && pages[index].rows.map(\.text) == page.rows.map(\.text)
      }
      if let fit {
        isTaken[fit] = true
        for (index, row) in page.rows.enumerated() where !isOpen(after: row.lineNumber, lines) {
          pages[fit].rows[index].choice = row.label.map { .label($0) } ?? .skip
        }
      } else {
        kept.append(Array(lines[start..<end].drop { $0.isEmpty || $0 == [0x0d] }.joined(separator: [0x0a])) + [0x0a])
      }
      start = end
    }
  }

  /// Whether the row of a line number is followed by the comment that it is open.
  private func isOpen(after line: Int, _ lines: [ArraySlice<UInt8>]) -> Bool {
    guard line < lines.count else { return false }
    var next = lines[line]
    if next.last == 0x0d { next.removeLast() }
    return next.elementsEqual(Self.open)
  }

  /// Writes all, whole or not at all: a crash leaves the file as it was after the step before.
  func save(_ pages: [LabelPage]) throws(CommandError) {
    try AtomicFile.write(bytes(pages), to: path)
  }

  func bytes(_ pages: [LabelPage]) -> [UInt8] {
    var chunks = kept
    for page in pages where page.openCount < page.rows.count {
      var chunk = Array("# page ".utf8)
      // A name is a stranger's: a line feed in it would begin a row.
      SafeText.append(Array(page.name.utf8), to: &chunk)
      chunk.append(0x0a)
      for row in page.rows {
        chunk.append(contentsOf: (row.choice ?? .skip).path.utf8)
        chunk.append(0x09)
        chunk.append(contentsOf: row.text)
        chunk.append(0x0a)
        if row.choice == nil { chunk.append(contentsOf: Self.open + [0x0a]) }
      }
      chunks.append(chunk)
    }
    return Array(chunks.joined(separator: [0x0a]))
  }

  /// Lets another annotator have the file.
  func close() { lock.release() }
}
