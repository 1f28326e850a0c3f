/// A bar on standard error that shows how much of a long run is done.
struct ProgressBar {
  private static let width = 40
  /// A run that is over sooner shows nothing.
  private static let delay = Duration.milliseconds(500)

  private let isShown: Bool
  private let start = ContinuousClock.now
  private var percent = -1

  /// - Parameter isShown: whether standard error is a terminal.
  init(isShown: Bool) { self.isShown = isShown }

  /// Draws the bar anew if a percent more is done.
  /// - Parameter fraction: from 0 to 1.
  mutating func show(_ fraction: Double) {
    let percent = Int(fraction * 100)
    guard isShown, percent != self.percent, ContinuousClock.now - start > Self.delay else { return }
    self.percent = percent
    let filled = Self.width * percent / 100
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
    write("\r\(bar) \(percent) %")
  }

  /// Takes the bar away, until more is shown.
  mutating func clear() {
    if percent >= 0 { write("\r\u{1b}[K") }
    percent = -1
  }

  private func write(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { System.write(System.standardError, $0) }
  }
}
