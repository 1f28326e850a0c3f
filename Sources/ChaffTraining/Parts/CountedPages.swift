import Chaff

/// Labelled pages as training needs them: each line's label and features, and the features' names.
///
/// Pages can be counted where they lie, on as many machines as there are, and merged: the counts of two sets of pages
/// are the sum of theirs, and the numbers that are fitted on held-out pages are fitted on the pages of all of them. So
/// any split of pages, merged in any order, trains the same model to the byte.
public struct CountedPages: Sendable {
  let corpus: IndexedCorpus
  /// Whether the numbers of features follow from the pages too, as they do in a file.
  private let isMerged: Bool

  /// How a part file begins.
  package static var magic: [UInt8] { PartFile.magic }

  /// - Parameter corpus: of a file, or from ``IndexedCorpus/merging(_:)``.
  /// - Precondition: its features have names.
  init(corpus: IndexedCorpus) {
    precondition(corpus.index.isNamed, "a part file has names")
    self.corpus = corpus
    isMerged = true
  }

  /// Counts pages.
  /// - Parameters:
  ///   - pages: whole pages and parts, in any order.
  ///   - copies: how often each line counts: the weight of rows of one's own among others'.
  ///   - progress: is told how much is done, from 0 to 1.
  /// - Precondition: `copies` is from 1 to 2³¹ − 1; more rows than can be counted are refused by training.
  /// - Complexity: O(bytes).
  public init(_ pages: [LabelledPage], copies: Int = 1, progress: (Double) -> Void = { _ in }) {
    precondition((1...Int(Int32.max)).contains(copies), "a line cannot count \(copies) times")
    corpus = IndexedCorpus(pages, copies: copies, progress: progress)
    isMerged = false
  }

  /// All pages of some sets; a page that stands in two of them is there twice.
  /// - Complexity: O(pages × log pages + features of all lines).
  public static func merging(_ parts: [CountedPages]) -> CountedPages {
    CountedPages(corpus: IndexedCorpus.merging(parts.map(\.corpus)))
  }

  /// Opens the bytes of a part file.
  /// - Throws: ``PartError`` for the first rule of the format that is broken.
  /// - Complexity: O(bytes).
  public init(bytes: [UInt8]) throws(PartError) {
    self.init(corpus: try PartFile.read(bytes))
  }

  /// Whether a file that begins with these bytes can be a part file of more bytes; asked before reading on.
  package static func mayGoOn(_ beginning: [UInt8]) -> Bool { PartFile.mayGoOn(beginning) }

  /// The bytes of a part file: the same for the same pages, in whatever order they came.
  /// - Complexity: O(features of all lines).
  public var bytes: [UInt8] { PartFile.bytes(isMerged ? corpus : IndexedCorpus.merging([corpus])) }

  /// Whole pages.
  public var pages: Int { corpus.pages.filter { !$0.isPart }.count }
  /// Fragments.
  public var parts: Int { corpus.pages.filter(\.isPart).count }
  /// Labelled lines.
  public var rows: Int { corpus.lines.filter { $0.label >= 0 }.count }
  /// Labels.
  public var labels: Int { corpus.labels.count }
  /// Features that were met.
  public var features: Int { corpus.index.count }
}
