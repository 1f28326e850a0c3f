import Chaff

/// Finds rows among those that were learnt, and takes them out.
struct Forgetting {
  /// What is left.
  private(set) var own: IndexedCorpus
  private let weight: Int?
  /// The hashes of the pages that are left.
  private var keys: [UInt64]
  /// Rows that are wholly forgotten already: they may stand among the rows more than once.
  private var gone: Set<Row> = []

  /// A row by its label and its text.
  private struct Row: Hashable {
    let label: UInt64
    let text: UInt64
  }

  /// - Parameter weight: how often each row is taken out; nil for as often as it was learnt.
  init(_ own: IndexedCorpus, weight: Int?) {
    self.own = own
    self.weight = weight
    let labelKeys = own.labelKeys
    keys = own.pages.map { own.key(of: $0, labelKeys) }
  }

  /// Takes the rows of pages out: first pages that were learnt as they are, then what is left row by row, so that the
  /// order of the pages does not matter.
  mutating func forget(_ pages: [LabelledPage]) throws(Teacher.Failure) {
    var rest: [LabelledPage] = []
    for page in pages where !forgetWhole(IndexedCorpus([page])) { rest.append(page) }
    for page in rest {
      for row in page.rows {
        guard let label = row.label, !Self.isBlank(row.text) else { continue }
        let wanted = Row(
          label: WordHasher.hash(of: label.path.utf8), text: row.text.withUnsafeBytes { Checksum.of($0) })
        guard forget(wanted) else { throw .notLearnt(file: page.file, line: row.lineNumber) }
      }
    }
  }

  /// Blank to the scanner: such a line was never learnt.
  private static func isBlank(_ text: [UInt8]) -> Bool {
    text.withUnsafeBufferPointer { RecordedLine().read($0) {} }.isBlank
  }

  /// Takes a page out that was learnt as it is; false if there is none, or not as often.
  private mutating func forgetWhole(_ corpus: IndexedCorpus) -> Bool {
    guard let page = corpus.pages.first else { return true }
    let key = corpus.key(of: page, corpus.labelKeys)
    let content = corpus.content(of: page).dropLast()
    let found = own.pages.indices.first { keys[$0] == key && own.content(of: own.pages[$0]).dropLast() == content }
    guard let found, own.pages[found].copies >= weight ?? 1 else { return false }
    own.pages[found].copies -= weight ?? own.pages[found].copies
    if own.pages[found].copies == 0 {
      own.pages.remove(at: found)
      keys.remove(at: found)
    }
    if weight == nil {
      let labelKeys = corpus.labelKeys
      for line in corpus.lines where line.label >= 0 { gone.insert(Row(label: labelKeys[line.label], text: line.text)) }
    }
    return true
  }

  /// Takes a row out of the pages that hold it; false if it was not learnt (as often).
  private mutating func forget(_ row: Row) -> Bool {
    let labelKeys = own.labelKeys
    var wanted = weight ?? Int.max
    for page in own.pages.indices {
      for line in own.pages[page].lines where wanted > 0 {
        let found = own.lines[line]
        guard found.label >= 0, labelKeys[found.label] == row.label, found.text == row.text else { continue }
        wanted -= skip(line, of: page, atMost: wanted)
        gone.insert(row)
      }
    }
    return weight == nil ? gone.contains(row) : wanted == 0
  }

  /// Unlabels a line in some copies of its page, and tells in how many. The other copies stay as they are.
  private mutating func skip(_ line: Int, of page: Int, atMost wanted: Int) -> Int {
    let range = own.pages[page].lines
    let copies = own.pages[page].copies
    guard wanted < copies else {
      own.lines[line].label = -1
      return copies
    }
    own.pages[page].copies = copies - wanted
    let start = own.lines.count
    own.lines.append(contentsOf: own.lines[range])
    own.lines[start + line - range.lowerBound].label = -1
    own.pages.append(
      IndexedCorpus.Page(isPart: own.pages[page].isPart, lines: start..<own.lines.count, copies: wanted))
    return wanted
  }
}
