/// Judges the lines of pages as they come, in bounded memory.
///
/// Lines wait until ``window`` + ``lookahead`` of them are there, or ``byteLimit`` bytes have come since the last
/// decision, or the page ends; then ``window`` of them are decided. Where a page is cut depends on its lines alone, never
/// on how they arrive, so the result is the same for any chunking. Pages of up to 1,151 lines, of ordinary length, are
/// decoded exactly.
///
/// Not `Sendable`: make one a thread.
package struct PageDecoder {
  /// How many lines are decided at once.
  package static let window = 1024
  /// How many lines after them are looked at: what is farther away does not change a posterior that can be measured.
  package static let lookahead = 128
  /// Bytes of text after which the lines at hand are decided, so that whoever holds their text needs no more memory.
  package static let byteLimit = 4 << 20

  /// What keeping a row costs beside its text, so that blank rows without end need no more memory either.
  private static let rowBytes = 32

  private let scorer: LineScorer
  private var decoder: ForwardBackward
  private let linesAlone: Bool
  private var evidence: LineEvidence
  private var waitingBytes = 0
  /// Blank rows: at which waiting line each stands.
  private var blanks: [Int] = []
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
    scorer = LineScorer(model: model)
    decoder = ForwardBackward(chain: model.chain)
    self.linesAlone = linesAlone
    evidence = LineEvidence(groups: model.labelGroups)
    presence = tracksPresence ? PagePresence(chain: model.chain, labels: model.labels, linesAlone: linesAlone) : nil
  }

  /// For each category, the probability that the page that ended last has at least one line of it.
  package var pagePresence: [Double] { presence?.lastPage ?? [] }

  /// Adds the next row of the page.
  /// - Parameter line: its bytes, without the line end.
  /// - Complexity: O(bytes), and the decoding that falls due.
  @inline(__always)
  package mutating func add(_ line: UnsafeBufferPointer<UInt8>) {
    let look = scorer.scan(line)
    if look.isBlank {
      blanks.append(evidence.count)
    } else {
      scorer.append(look, to: &evidence)
    }
    waitingBytes &+= line.count &+ Self.rowBytes
    if evidence.count == Self.window + Self.lookahead {
      decide(Self.window, isEnd: false)
    } else if waitingBytes >= Self.byteLimit {
      decide(evidence.count, isEnd: false)
    }
  }

  /// Ends the page: all its rows are decided.
  package mutating func endPage() {
    decide(evidence.count, isEnd: true)
    presence?.endPage()
    decoder.reset()
  }

  /// Decides the first `count` waiting lines.
  private mutating func decide(_ count: Int, isEnd: Bool) {
    let groups = scorer.model.labelGroups
    let firstLine = decided.posteriors.count / groups
    if linesAlone {
      judgeAlone(count, groups)
    } else {
      decoder.decode(evidence, decided: count, isEnd: isEnd, posteriors: &decided.posteriors)
    }
    presence?.add(evidence, count: count)
    listRows(count, from: firstLine)
    evidence.removeFirst(count)
    waitingBytes = 0
  }

  private mutating func judgeAlone(_ count: Int, _ groups: Int) {
    let prior = scorer.model.chain.prior
    for line in 0..<count {
      var sum: Float = 0
      for group in 0..<groups { sum += (evidence.likelihoods[line * groups + group] * prior[group]).treeSum }
      for group in 0..<groups {
        decided.posteriors.append(evidence.likelihoods[line * groups + group] * prior[group] * (1 / sum))
      }
    }
  }

  /// Lists the rows up to the `count`-th waiting line: lines and the blanks before, between and after them.
  private mutating func listRows(_ count: Int, from firstLine: Int) {
    var blank = 0
    for line in 0..<count {
      while blank < blanks.count && blanks[blank] <= line {
        decided.rows.append(-1)
        blank += 1
      }
      decided.rows.append(firstLine + line)
    }
    if count == evidence.count {
      decided.rows.append(contentsOf: repeatElement(-1, count: blanks.count - blank))
      blank = blanks.count
    }
    blanks.removeFirst(blank)
    for index in blanks.indices { blanks[index] -= count }
  }
}
