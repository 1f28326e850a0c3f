/// The phases that a page goes through, from its first line to its last, and the labels that lines have in each.
///
/// An article is one stretch of its page: menus and lists stand before and after it, and what stands after it is not its
/// text again, however much a teaser reads like a paragraph. So the chain has a hidden state for each phase and label, and
/// steps that lead on but not back (a left-to-right chain, Bakis 1976; Rabiner 1989, section IV.A):
///
/// | phase | lines | labels |
/// |---|---|---|
/// | `list` | all those of a page without an article | all but the article's |
/// | `before` | those before the article's first | all but the article's |
/// | `head` | from the article's first line to its text | all but the text |
/// | `article` | from the first line of text to the last | all |
/// | `after` | those behind | all but the text |
///
/// The phases of labelled lines follow from the labels. Lines of `list` and `after` may be followed by text all the same,
/// with a probability next to 0: pages may have been joined.
package struct PagePhases: Sendable, Equatable {
  /// Where on its page a line stands.
  package enum Phase: Int, CaseIterable, Sendable {
    case list, before, head, article, after

    /// The phases that the next line may be of, ascending.
    fileprivate var followers: [Phase] {
      switch self {
      case .list: [.list]
      case .before: [.before, .head, .article]
      case .head: [.head, .article]
      case .article: [.article, .after]
      case .after: [.after]
      }
    }
  }

  /// A hidden state of the chain, but for the line's form.
  package struct Position: Sendable, Hashable {
    package var phase: Phase
    package var label: Int

    package init(phase: Phase, label: Int) {
      self.phase = phase
      self.label = label
    }
  }

  /// The most labels that phases are told apart for: as many as a vector has lanes.
  package static let labelLimit = 16

  package let labelCount: Int
  /// The labels of the article: one of them is its text.
  package let article: Range<Int>
  /// The label of the article's text, or nil if phases are not told apart: all lines are of one, `list`, then.
  package let text: Int?
  /// How many phases there are.
  package let count: Int
  /// Numbers the steps that lead from one position to another: `places × places`, −1 where none does.
  private let numbers: [Int32]
  /// All steps that are counted, by number: those from one place after those from the place before it, ascending.
  let steps: [Step]
  /// The number of the first step from each place, and how many steps there are.
  private let firstSteps: [Int]

  /// A step from one place to another.
  struct Step: Sendable, Equatable {
    let from: UInt16
    let to: UInt16
  }

  /// One phase, which has all labels.
  package init(labelCount: Int) { self.init(labelCount: labelCount, article: 0..<0, text: nil) }

  /// - Parameters:
  ///   - labels: all of them.
  ///   - text: the label of the article's text; its category is the article's. With nil, or with more than
  ///     ``labelLimit`` labels, there is one phase.
  package init(_ labels: LabelSet, text: Int?) {
    guard let text, labels.count <= Self.labelLimit else {
      self.init(labelCount: labels.count)
      return
    }
    let own = labels.categoryOfLabel.indices.filter { labels.categoryOfLabel[$0] == labels.categoryOfLabel[text] }
    self.init(labelCount: labels.count, article: own[0]..<own[0] + own.count, text: text)
  }

  private init(labelCount: Int, article: Range<Int>, text: Int?) {
    self.labelCount = labelCount
    self.article = article
    self.text = text
    count = text == nil ? 1 : Phase.allCases.count
    let places = count * labelCount
    var numbers = [Int32](repeating: -1, count: places * places)
    var steps: [Step] = []
    var firstSteps: [Int] = []
    for from in 0..<places {
      firstSteps.append(steps.count)
      guard let phase = Phase(rawValue: from / labelCount), Self.has(phase, from % labelCount, article, text) else {
        continue
      }
      for next in text == nil ? [.list] : phase.followers {
        for label in 0..<labelCount
        where Self.leads((phase, from % labelCount), (next, label), article, text) {
          let to = next.rawValue * labelCount + label
          numbers[from * places + to] = Int32(steps.count)
          steps.append(Step(from: UInt16(from), to: UInt16(to)))
        }
      }
    }
    self.numbers = numbers
    self.steps = steps
    self.firstSteps = firstSteps + [steps.count]
  }

  /// How many steps there are.
  package var stepCount: Int { steps.count }

  /// The numbers of the steps from a place.
  func steps(from place: Int) -> Range<Int> { firstSteps[place]..<firstSteps[place + 1] }

  // MARK: Positions

  /// How many places there are for positions; those of labels that a phase does not have stay empty.
  package var placeCount: Int { count * labelCount }

  /// The number of a position.
  package func place(_ position: Position) -> Int { position.phase.rawValue * labelCount + position.label }

  /// The position at a place, or nil where the phase does not have the label.
  package func position(_ place: Int) -> Position? {
    guard let phase = Phase(rawValue: place / labelCount),
      Self.has(phase, place % labelCount, article, text)
    else { return nil }
    return Position(phase: phase, label: place % labelCount)
  }

  private static func has(_ phase: Phase, _ label: Int, _ article: Range<Int>, _ text: Int?) -> Bool {
    guard let text else { return phase == .list }
    switch phase {
    case .list, .before: return !article.contains(label)
    case .head, .after: return label != text
    case .article: return true
    }
  }

  // MARK: Steps

  /// The number of the step from one place to another, or nil if it is not among those that are counted.
  @inline(__always)
  package func step(from: Int, to: Int) -> Int? {
    let number = Int(numbers[from * placeCount + to])
    return number < 0 ? nil : number
  }

  /// Whether a step leads from a label of a phase to one of the phase itself, or of one that follows it.
  private static func leads(
    _ from: (phase: Phase, label: Int), _ to: (phase: Phase, label: Int), _ article: Range<Int>, _ text: Int?
  ) -> Bool {
    guard has(to.phase, to.label, article, text) else { return false }
    switch (from.phase, to.phase) {
    case (.before, .head): return article.contains(to.label)
    case (.before, .article), (.head, .article): return to.label == text
    case (.article, .after): return from.label == text
    default: return from.phase == to.phase
    }
  }

  /// Whether text may follow though the phase has none, because pages may have been joined.
  package func mayBeginAnew(_ phase: Phase) -> Bool { text != nil && (phase == .list || phase == .after) }

  // MARK: Labelled pages

  /// The phase of each line of a labelled page, by its labels; nil for a line without one.
  /// - Complexity: O(lines).
  package func phases(of labels: [Int?]) -> [Phase?] {
    guard let text else { return labels.map { $0 == nil ? nil : .list } }
    func isArticle(_ label: Int?) -> Bool { label.map(article.contains) ?? false }
    guard let first = labels.firstIndex(where: isArticle) else { return labels.map { $0 == nil ? nil : .list } }
    let begin = labels.firstIndex(of: text) ?? labels.count
    let end = labels.lastIndex(of: text) ?? labels.count
    return labels.indices.map { line in
      guard labels[line] != nil else { return nil }
      if line < first { return .before }
      if line < begin { return .head }
      return line <= end ? .article : .after
    }
  }
}
