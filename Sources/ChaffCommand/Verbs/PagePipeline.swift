import Chaff

/// Runs a page of plain text through a decoder into a writer, window by window, in bounded memory.
///
/// Not generic: to make a generic class for a type, all that the program has is searched for the type's conformance, which
/// is a thirtieth of the time of a run on one line.
final class PagePipeline: OrderedStages {
  typealias Failure = EitherFailure<OutputStream.Failure>

  private let model: Model
  private let linesAlone: Bool
  private let input: LineInput
  private let output: OutputStream
  private(set) var writer: any RowWriter
  private var carry = ForwardBackward.Carry()
  private let scorers: PerWorker<LineScorer>
  private var hasEnded = false
  /// Whether the unread text is of a line whose beginning was judged.
  private var isInsideCutLine = false

  init(
    model: Model, linesAlone: Bool, threads: Int, input: LineInput, writer: any RowWriter,
    output: OutputStream
  ) {
    self.model = model
    self.linesAlone = linesAlone
    self.input = input
    self.writer = writer
    self.output = output
    scorers = PerWorker(count: threads) { LineScorer(model: model) }
  }

  func makeJob() -> Window { Window(model: model, linesAlone: linesAlone) }

  func fill(_ window: Window) throws(Failure) -> Bool {
    guard !hasEnded else { return false }
    if isInsideCutLine { try finishCutLine() }
    do throws(LineInput.Failure) {
      while !window.text.isFull {
        let count = try input.read(into: window.text.space)
        guard count > 0 else {
          window.text.end()
          window.endsPage = true
          hasEnded = true
          break
        }
        window.text.take(count) { input.putBack($0) }
      }
    } catch {
      hasEnded = true
      throw .reading(error.reason)
    }
    isInsideCutLine = window.isCut
    return true
  }

  /// Reads the rest of a line that was too long to be held. All before it has been written.
  private func finishCutLine() throws(Failure) {
    var hasMore = true
    while hasMore {
      let unread: UnsafeBufferPointer<UInt8>
      do throws(LineInput.Failure) { unread = try input.unread() } catch { throw .reading(error.reason) }
      let feed = LineSplitter.nextLineFeed(unread, from: 0)
      let taken = feed.map { $0 + 1 } ?? unread.count
      hasMore = feed == nil && !unread.isEmpty
      writer.continueRow(
        UnsafeBufferPointer(rebasing: unread[..<taken]), isLast: !hasMore, into: &output.pending)
      input.take(taken)
      do throws(OutputStream.Failure) { try output.flushIfFull() } catch { throw .body(error) }
    }
    isInsideCutLine = false
  }

  func work(_ window: Window, worker: Int) { window.score(with: scorers[worker]) }

  func link(_ window: Window) { window.forward(from: &carry) }

  func needsNext(_ window: Window) -> Bool { !window.endsPage && !window.isCut }

  func holdsInput(_ window: Window) -> Bool { window.isCut }

  func finish(_ window: Window, next: Window?) { window.decide(lookingAt: next) }

  func write(_ window: Window) throws(Failure) {
    do throws(OutputStream.Failure) {
      try writer.write(JudgedRows(window: window, groups: model.labelGroups), to: output)
    } catch {
      throw .body(error)
    }
    window.removeAll()
  }
}
