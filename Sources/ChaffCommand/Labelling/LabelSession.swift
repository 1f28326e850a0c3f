import Chaff

/// What a person does to the pages: a state machine that keys drive. It draws nothing and writes nothing.
struct LabelSession {
  /// Where the cursor goes after a decision.
  enum Order: String, CaseIterable {
    /// The open line that the model is least certain of.
    case uncertain
    /// The next open line.
    case page
  }

  /// What the program does after a key.
  enum Effect: Equatable {
    case none, save, quit
  }

  /// One decision, so that it can be undone.
  private struct Step {
    let page: Int
    let line: Int
    let rows: [(index: Int, before: LabelPage.Choice?)]
  }

  /// The keys of the labels, in their order; the other letters are commands.
  static let labelKeys = Array("1234567890abcdefghijklmprtwxyzABCDEFGHIJKLMNOPRSTUVWXYZ")
  static let skipKey: Character = "s"

  let labels: [Label]
  private(set) var pages: [LabelPage]
  private(set) var page = 0
  private(set) var line = 0
  private(set) var order: Order
  /// Where a run begins that the next label goes to; it ends at the cursor.
  private(set) var runStart: Int?
  /// What is being typed after `/`; nil while nothing is.
  private(set) var typing: String?
  private(set) var message = ""
  private var sought = ""
  private var steps: [Step] = []

  /// - Precondition: every page has a row.
  init(pages: [LabelPage], labels: [Label], order: Order) {
    self.pages = pages
    self.labels = labels
    self.order = order
    page = pages.firstIndex { $0.openCount > 0 } ?? 0
    line = nextOpen(in: page, after: -1) ?? 0
  }

  /// The lines that the next decision goes to.
  var run: ClosedRange<Int> {
    guard let runStart else { return line...line }
    return min(runStart, line)...max(runStart, line)
  }

  var openCount: Int { pages.reduce(0) { $0 + $1.openCount } }
  var rowCount: Int { pages.reduce(0) { $0 + $1.rows.count } }

  /// Says something to the person until the next key.
  mutating func say(_ text: String) { message = text }

  // MARK: Keys

  mutating func handle(_ key: LabelKey) -> Effect {
    message = ""
    if typing != nil {
      handleTyping(key)
      return .none
    }
    switch key {
    case .up: move(to: line - 1)
    case .down: move(to: line + 1)
    case .pageUp: move(to: line - 10)
    case .pageDown: move(to: line + 10)
    case .home: move(to: 0)
    case .end: move(to: Int.max)
    case .left: turn(by: -1)
    case .right: turn(by: 1)
    case .tab: goToNextOpen()
    case .enter: return decide { .label($0.proposal) }
    case .backspace: return decide { _ in nil }
    case .escape: runStart = nil
    case .interrupt: return .quit
    case .redraw: break
    case .character(let character): return command(character)
    }
    return .none
  }

  private mutating func command(_ character: Character) -> Effect {
    switch character {
    case "q": return .quit
    case "u": return undo()
    case "v": runStart = runStart == nil ? line : nil
    case "o":
      order = order == .uncertain ? .page : .uncertain
      message = order == .uncertain ? "least certain lines first" : "lines in order"
    case "/": typing = ""
    case "n": seek()
    case Self.skipKey: return decide { _ in .skip }
    default:
      guard let index = Self.labelKeys.firstIndex(of: character), index < labels.count else {
        message = "no such key: \(character)"
        return .none
      }
      let label = labels[index]
      return decide { _ in .label(label) }
    }
    return .none
  }

  // MARK: Moving

  private mutating func move(to target: Int) {
    line = max(0, min(pages[page].rows.count - 1, target))
  }

  private mutating func turn(by step: Int) {
    runStart = nil
    page = max(0, min(pages.count - 1, page + step))
    line = 0
  }

  /// Goes to the next open line of this page or, if it has none, of the next page that has one.
  private mutating func goToNextOpen() {
    runStart = nil
    for offset in pages.indices {
      let candidate = (page + offset) % pages.count
      if let next = nextOpen(in: candidate, after: offset == 0 ? line : -1) {
        (page, line) = (candidate, next)
        return
      }
    }
    message = "every line is labelled; q ends"
  }

  private func nextOpen(in page: Int, after line: Int) -> Int? {
    let rows = pages[page].rows
    let open = rows.indices.filter { rows[$0].choice == nil }
    switch order {
    case .page: return open.first { $0 > line } ?? open.first
    case .uncertain:
      return open.min { left, right in
        rows[left].probability != rows[right].probability
          ? rows[left].probability < rows[right].probability : left < right
      }
    }
  }

  // MARK: Deciding

  /// Decides the lines of the run and goes on.
  private mutating func decide(_ choice: (LabelPage.Row) -> LabelPage.Choice?) -> Effect {
    let run = run
    steps.append(Step(page: page, line: line, rows: run.map { ($0, pages[page].rows[$0].choice) }))
    var isOpened = true
    for index in run {
      pages[page].rows[index].choice = choice(pages[page].rows[index])
      if pages[page].rows[index].choice != nil { isOpened = false }
    }
    runStart = nil
    if !isOpened { goToNextOpen() }
    return .save
  }

  private mutating func undo() -> Effect {
    guard let step = steps.popLast() else {
      message = "nothing to undo"
      return .none
    }
    for (index, before) in step.rows { pages[step.page].rows[index].choice = before }
    (page, line, runStart) = (step.page, step.line, nil)
    message = step.rows.count == 1 ? "undone" : "undone, \(step.rows.count) lines"
    return .save
  }

  // MARK: Searching

  private mutating func handleTyping(_ key: LabelKey) {
    guard let text = typing else { return }
    switch key {
    case .character(let character): typing = text + String(character)
    case .backspace: typing = text.isEmpty ? nil : String(text.dropLast())
    case .escape, .interrupt: typing = nil
    case .enter:
      typing = nil
      if !text.isEmpty { sought = text.lowercased() }
      seek()
    default: break
    }
  }

  /// Goes to the next line that holds what is sought, on any page, round to where it began.
  private mutating func seek() {
    guard !sought.isEmpty else {
      message = "nothing is sought; / begins a search"
      return
    }
    var place = (page: page, line: line)
    for _ in 0..<rowCount {
      place.line += 1
      if place.line == pages[place.page].rows.count { place = ((place.page + 1) % pages.count, 0) }
      let text = String(decoding: pages[place.page].rows[place.line].text, as: UTF8.self).lowercased()
      if text.contains(sought) {
        if place.page != page { runStart = nil }
        (page, line) = (place.page, place.line)
        return
      }
    }
    message = "not found: \(sought)"
  }
}
