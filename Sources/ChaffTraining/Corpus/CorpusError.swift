/// What is wrong with labelled data, and where.
public struct CorpusError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kinds of faults.
  public enum Fault: Equatable, Sendable {
    /// A row without a tab between label and text.
    case noTab
    /// A row whose label is no label.
    case invalidLabel(String)
    /// A comment that makes a part of a page, but stands among the page's rows.
    case partInsidePage
    /// A row without text.
    case noText
    /// Bytes that are not UTF-8.
    case invalidUTF8
    /// UTF-16 where UTF-8 was expected.
    case utf16
    /// A row of JSON Lines that is not as it should be.
    case json(String)
    /// A row of fastText without a label.
    case noFastTextLabel
    /// The file has no labelled row.
    case empty
  }

  /// The file's name.
  public var file: String
  /// From 1; nil where the whole file is meant.
  public var line: Int?
  /// What is wrong.
  public var fault: Fault

  /// Creates an error.
  public init(file: String, line: Int?, fault: Fault) {
    self.file = file
    self.line = line
    self.fault = fault
  }

  /// The fault in words, without the place.
  public var reason: String {
    switch fault {
    case .noTab: "no tab between label and text"
    case .invalidLabel(let label):
      "\"\(Self.clipped(label))\" is not a label: letters, digits and marks without spaces, as category/kind"
    case .partInsidePage: "\"# part\" inside a page; a blank row before it ends the page"
    case .noText: "no text after the label"
    case .invalidUTF8: "not UTF-8"
    case .utf16: "this is UTF-16; convert it to UTF-8"
    case .json(let reason): reason
    case .noFastTextLabel: "no __label__ at the beginning"
    case .empty: "no labelled rows"
    }
  }

  /// What stands before a tab may be a whole book.
  private static func clipped(_ text: String) -> String {
    text.unicodeScalars.count <= 100 ? text : String(text.unicodeScalars.prefix(100)) + "…"
  }

  /// The place and the fault.
  public var description: String {
    "\(file):\(line.map { "\($0):" } ?? "") \(reason)"
  }
}
