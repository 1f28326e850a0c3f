import Chaff

/// A page, or a part of one, whose lines are labelled.
public struct LabelledPage: Sendable, Equatable {
  /// A line and what it is.
  public struct Row: Sendable, Equatable {
    /// What the line is; nil for `skip`: it stands in the page but is neither trained on nor scored.
    public var label: Label?
    /// The line as UTF-8.
    public var text: [UInt8]
    /// Where the row stands in its file, from 1.
    public var lineNumber: Int

    /// Creates a row.
    public init(label: Label?, text: [UInt8], lineNumber: Int) {
      self.label = label
      self.text = text
      self.lineNumber = lineNumber
    }
  }

  /// The file that it was read from.
  public var file: String
  /// The last comment before the page, or the page's name in JSON Lines.
  public var name: String
  /// The site that it is from, where the file says so in a member of its own (JSON Lines).
  public var site: String?
  /// A fragment: it trains words, but neither priors nor the chain.
  public var isPart: Bool
  /// The lines in order.
  public var rows: [Row]

  /// Creates a page.
  public init(file: String, name: String = "", site: String? = nil, isPart: Bool = false, rows: [Row]) {
    self.file = file
    self.name = name
    self.site = site
    self.isPart = isPart
    self.rows = rows
  }
}
