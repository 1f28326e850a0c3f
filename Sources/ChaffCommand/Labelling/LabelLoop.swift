/// Keys in, screens out, and a save after each step.
struct LabelLoop {
  /// Why the loop ended.
  enum End: Equatable {
    case quit
    case signal(Int32)
  }

  /// How long an escape byte waits for the rest of an arrow key.
  private static let escapeTime: Int32 = 50

  private(set) var session: LabelSession
  let screen: LabelScreen
  let file: LabelFile
  let terminal: Terminal
  /// Why the last save failed; nil if it did not.
  private(set) var failure: CommandError?

  init(session: LabelSession, screen: LabelScreen, file: LabelFile, terminal: Terminal) {
    self.session = session
    self.screen = screen
    self.file = file
    self.terminal = terminal
  }

  mutating func run() -> End {
    var decoder = LabelKeyDecoder()
    draw()
    while true {
      var keys: [LabelKey] = []
      switch terminal.wait(milliseconds: decoder.isWaiting ? Self.escapeTime : nil) {
      case .bytes(let bytes): keys = decoder.keys(bytes)
      case .timeOut: keys = decoder.timeOut()
      case .resized: draw()
      case .ended(let number): return .signal(number)
      }
      for key in keys where handle(key) { return .quit }
      if !keys.isEmpty { draw() }
    }
  }

  /// Handles a key; true at the end.
  private mutating func handle(_ key: LabelKey) -> Bool {
    let isLastChance = failure != nil
    switch session.handle(key) {
    case .none: return false
    case .save:
      save()
      return false
    case .quit:
      // What could not be saved is tried again, and is left behind only on a second, stronger wish.
      guard isLastChance, key != .interrupt else { return true }
      save()
      return failure == nil
    }
  }

  private mutating func save() {
    do throws(CommandError) {
      try file.save(session.pages)
      failure = nil
    } catch {
      failure = error
      session.say("not saved: \(error.message ?? "") (q tries again, Ctrl-C gives up)")
    }
  }

  private func draw() {
    let size = terminal.size
    terminal.write(screen.frame(session, output: file.path, rows: size.rows, columns: size.columns))
  }
}
