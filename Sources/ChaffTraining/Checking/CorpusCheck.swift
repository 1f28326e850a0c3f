import Chaff

/// Looks labelled pages over for what would make a worse model: rows that say the same twice, labels that nobody
/// defined, rows that cannot be lines.
public struct CorpusCheck: Sendable {
  /// Something that was found, and where.
  public struct Finding: Sendable, Equatable {
    /// What was found.
    public enum Kind: Sendable, Equatable {
      /// The label is not one of the set that was asked for.
      case unknownLabel(Label)
      /// The row has more bytes than a line of a page can be expected to have.
      case tooLong(bytes: Int)
      /// The same text stands on another page with a label of the same category.
      case duplicate(of: String)
      /// Ten words in a row stand on another page too.
      case nearDuplicate(of: String)
      /// The same text stands elsewhere with a label of another category.
      case conflict(with: Label, at: String)
      /// A whole page without a line of its article: a list, or an oversight.
      case noArticle
    }

    /// The file and line, as `path:line`.
    public let place: String
    /// What was found.
    public let kind: Kind

    /// Whether it must be mended; a note only wants a look.
    public var isFault: Bool {
      switch kind {
      case .unknownLabel, .tooLong, .duplicate, .nearDuplicate: true
      case .conflict, .noArticle: false
      }
    }
  }

  /// Rows of more bytes are named.
  public static let longestRow = 8_000
  /// Texts of fewer words are said again and again on real pages, and may be here.
  public static let fewestWords = 10

  /// What was found, in the order of the rows.
  public private(set) var findings: [Finding] = []
  /// How many rows each label has: on whole pages, and in all.
  public private(set) var rows: [(label: Label, whole: Int, all: Int)] = []

  /// Checks pages.
  /// - Parameters:
  ///   - pages: to be checked, together.
  ///   - labels: the labels that may stand in them; nil for any.
  /// - Complexity: O(words).
  public init(_ pages: [LabelledPage], labels: Set<Label>?) {
    var texts = RepeatedText()
    var counts: [Label: (whole: Int, all: Int)] = [:]
    for (number, page) in pages.enumerated() {
      for row in page.rows {
        let place = "\(page.file):\(row.lineNumber)"
        if row.text.count > Self.longestRow { note(place, .tooLong(bytes: row.text.count)) }
        guard let label = row.label else { continue }
        counts[label, default: (0, 0)].all += 1
        if !page.isPart { counts[label, default: (0, 0)].whole += 1 }
        if let labels, !labels.contains(label) { note(place, .unknownLabel(label)) }
        if let kind = texts.add(row.text, label, place: place, page: number) { note(place, kind) }
      }
      if !page.isPart, let first = page.rows.first, !page.rows.contains(where: { $0.label?.category == "content" }) {
        note("\(page.file):\(first.lineNumber)", .noArticle)
      }
    }
    rows = counts.map { (label: $0.key, whole: $0.value.whole, all: $0.value.all) }.sorted { $0.label < $1.label }
  }

  private mutating func note(_ place: String, _ kind: Finding.Kind) {
    findings.append(Finding(place: place, kind: kind))
  }
}

extension CorpusCheck.Finding {
  /// The finding in words.
  public var message: String {
    switch kind {
    case .unknownLabel(let label): "unknown label \(label)"
    case .tooLong(let bytes): "a row of \(bytes) bytes; a line has at most \(CorpusCheck.longestRow)"
    case .duplicate(let place): "the same text as \(place)"
    case .nearDuplicate(let place): "ten words in a row that also stand at \(place)"
    case .conflict(let label, let place): "is \(label) at \(place); a line is labelled by what it does on its page"
    case .noArticle: "a page without an article: a list?"
    }
  }
}
