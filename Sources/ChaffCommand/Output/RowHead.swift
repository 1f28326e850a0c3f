import Chaff

/// What a line is, and how probably, before its text: as wide for every line of a model.
struct RowHead {
  private let labels: LabelSet
  private let width: Int
  /// Whether only the kind is shown, since columns are few.
  private let isShort: Bool
  private static let shortWidth = 10
  /// Columns that a text should have beside the longest label.
  private static let textWidth = 40

  /// - Parameter columns: of the terminal; nil where rows may be as long as they are.
  init(labels: LabelSet, columns: Int?) {
    self.labels = labels
    let width = labels.labels.map { TerminalText.width($0.path) }.max() ?? 0
    isShort = columns.map { $0 < width + Self.textWidth } ?? false
    self.width = isShort ? Self.shortWidth + 1 : width + 2
  }

  /// - Parameter label: the label's number.
  func text(label: Int, probability: Double) -> String {
    let path = labels.labels[label].path
    let name = isShort ? TextStyle.clip(TextTable.short(path), Self.shortWidth) : path
    return Columns.left(name, width) + Columns.right(String(Int((probability * 100).rounded())), 3) + "%  "
  }
}
