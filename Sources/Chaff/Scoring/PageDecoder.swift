/// Judges the lines of pages as they come, in bounded memory.
///
/// Lines wait until a window of them is full (``LineText``) and a second one behind it, or the page ends; then the first
/// window is decided. Where a page is cut depends on its lines alone, never on how they arrive, so the result is the
/// same for any chunking. Pages of up to 64 KiB and 2,048 rows are decoded exactly.
///
/// Not `Sendable`: make one a thread.
package struct PageDecoder {
  private let model: Model
  private let scorer: LineScorer
  private let linesAlone: Bool
  private var carry = ForwardBackward.Carry()
  /// The window that fills.
  private var current: Window
  /// The full window before it.
  private var previous: Window?
  private var spare: Window?
  private var presence: PagePresence?

  /// What was decided: rows in order, each a line's posteriors or a blank.
  package struct Batch {
    /// For each row, the number of its line in `posteriors`, or −1 for a blank row.
    package fileprivate(set) var rows: [Int] = []
    /// `lines × label groups`.
    package fileprivate(set) var posteriors: [SIMD16<Float>] = []

    package mutating func removeAll() {
      rows.removeAll(keepingCapacity: true)
      posteriors.removeAll(keepingCapacity: true)
    }
  }

  /// Rows that have been decided and not yet been taken.
  package var decided = Batch()

  /// - Parameters:
  ///   - model: what to judge by.
  ///   - linesAlone: judge each line by itself, with the labels' shares as priors.
  ///   - tracksPresence: also work out ``pagePresence``, which costs a forward pass a category.
  package init(model: Model, linesAlone: Bool = false, tracksPresence: Bool = false) {
    self.model = model
    scorer = LineScorer(model: model)
    self.linesAlone = linesAlone
    current = Window(model: model, linesAlone: linesAlone)
    presence =
      tracksPresence
      ? PagePresence(
        chain: model.chain, labels: model.labels, temperature: model.parameters.temperature, linesAlone: linesAlone)
      : nil
  }

  /// For each category, the probability that the page that ended last has at least one line of it.
  /// Stored, since to work it out would copy the decoder.
  package private(set) var pagePresence: [Double] = []

  /// Adds the next row of the page.
  /// - Parameter line: its bytes, without the line end; a line feed inside it counts as a space.
  /// - Complexity: O(bytes), and the decoding that falls due.
  package mutating func add(_ line: UnsafeBufferPointer<UInt8>) {
    current.text.append(line)
    if current.text.isFull { close() }
  }

  /// Adds text of the page: lines with their ends, cut anywhere.
  /// - Complexity: O(bytes), and the decoding that falls due.
  package mutating func add(text: UnsafeBufferPointer<UInt8>) {
    var rest = text
    while !rest.isEmpty {
      if isInsideCutLine {
        guard let feed = LineSplitter.nextLineFeed(rest, from: 0) else { return }
        isInsideCutLine = false
        rest = UnsafeBufferPointer(rebasing: rest[(feed + 1)...])
        continue
      }
      let taken = current.text.append(text: rest)
      rest = UnsafeBufferPointer(rebasing: rest[taken...])
      guard current.text.isFull else { continue }
      isInsideCutLine = current.isCut
      close()
    }
  }

  /// Whether the text that comes is of a line whose beginning was judged.
  private var isInsideCutLine = false

  /// Ends the page: all its rows are decided.
  package mutating func endPage() {
    current.text.end()
    current.endsPage = true
    close()
    if presence != nil { pagePresence = presence?.endPage(after: carry) ?? [] }
    carry = ForwardBackward.Carry()
    isInsideCutLine = false
  }

  /// Ends the window that fills, and decides what can be decided.
  private mutating func close() {
    let window = current
    window.score(with: scorer)
    window.forward(from: &carry)
    if let previous { decide(previous, lookingAt: window) }
    previous = window
    if window.endsPage || window.isCut {
      decide(window, lookingAt: nil)
      previous = nil
    }
    current = spare ?? Window(model: model, linesAlone: linesAlone)
    spare = nil
  }

  private mutating func decide(_ window: Window, lookingAt next: Window?) {
    presence?.add(window.evidence, count: window.lineCount, totals: window.totals, alive: window.alive)
    window.decide(lookingAt: next)
    var line = decided.posteriors.count / model.labelGroups
    for isBlank in window.isBlank {
      decided.rows.append(isBlank ? -1 : line)
      if !isBlank { line += 1 }
    }
    decided.posteriors.append(contentsOf: window.posteriors)
    window.removeAll()
    spare = window
  }
}
