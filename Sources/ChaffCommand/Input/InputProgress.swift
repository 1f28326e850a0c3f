/// A bar that shows how much of all input has been read, where that is known: of files that lie on a disk.
final class InputProgress {
  private let total: Int
  private var count = 0
  private var bar = ProgressBar(isShown: true)

  /// - Returns: nil where nobody would see it, or what is read has no size: a pipe, a terminal.
  init?(_ files: [String], _ context: CommandContext) {
    // Where the output comes on a terminal too, it is seen how far it is.
    guard context.isMessageTerminal && !context.isTerminal else { return nil }
    var total = 0
    for file in files {
      guard let size = file == "-" ? System.size(System.standardInput) : System.size(file) else { return nil }
      total += size
    }
    guard total > 0 else { return nil }
    self.total = total
  }

  /// Takes note of bytes that were read; none at the end of a file, after which others may be said to be wrong.
  func add(_ count: Int) {
    guard count > 0 else { return clear() }
    self.count += count
    bar.show(min(1, Double(self.count) / Double(total)))
  }

  /// Takes the bar away.
  func clear() { bar.clear() }
}
