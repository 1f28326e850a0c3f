import Chaff

/// Adds rows of one's own to a model, and takes them out again.
///
/// Only counts change: those of features, totals and the chain. The base's smoothing, pool weights, bias and
/// threshold stay, and no weight is fitted again. So the counts are exactly those of training on the base's rows and
/// one's own at once, for every feature that the base has kept; a feature that the base had dropped begins with one's
/// own rows. Where the base dropped nothing, the sealed model is the same, byte for byte, as training on all rows at once
/// with the base's parameters.
public enum Teacher {
  /// Why a model could not be taught.
  public enum Failure: Error, Equatable, Sendable {
    /// There is no labelled line.
    case noRows
    /// A row's label is not one of the base's.
    case unknownLabel(String, file: String, line: Int)
    /// A row to be forgotten is not, or not as often, among those that were learnt.
    case notLearnt(file: String, line: Int)
    /// There are more lines, each as often as it counts, than counts have room for.
    case tooManyRows(count: Int, limit: Int)
    /// A row cannot count so often: at least once, and at most a million times.
    case invalidWeight(Int)
    /// The base cannot be added to; the reason in words.
    case unusableBase(String)
  }

  /// A taught model.
  public struct Result: Sendable {
    /// The bytes of the model file.
    public let bytes: [UInt8]
    /// Pages of one's own that are learnt now.
    public let pages: Int
    /// Labelled lines on them, each once.
    public let rows: Int
    /// How many of the bytes are the record that only forgetting, and teaching on, reads: the base and the rows.
    public let recordSize: Int
  }

  /// Adds pages to what a model has learnt.
  ///
  /// Teaching in steps, in any order, gives the same bytes as all at once; a page with weight *n* the same as the page
  /// *n* times.
  /// - Parameters:
  ///   - pages: whole pages and parts; a whole page also teaches the chain.
  ///   - base: the model; it may have been taught before.
  ///   - weight: how often each line counts, from 1 to 1,000,000.
  ///   - isSealed: keep no record of the rows: a smaller file, and what was learnt cannot be forgotten.
  /// - Complexity: O(base + all own rows).
  public static func teach(
    _ pages: [LabelledPage], to base: LineClassifier, weight: Int = 1, isSealed: Bool = false
  ) throws(Failure) -> Result {
    try check(weight)
    for page in pages {
      for row in page.rows {
        guard let label = row.label, base.model.labels.index(of: label) == nil else { continue }
        throw .unknownLabel(label.path, file: page.file, line: row.lineNumber)
      }
    }
    let more = IndexedCorpus(pages, copies: weight)
    guard more.hasRows else { throw .noRows }
    var taught = try TaughtModel(base.model)
    try taught.setOwn(IndexedCorpus.merging([taught.own, more]))
    return try result(taught, isSealed: isSealed)
  }

  /// Takes rows out of what a model has learnt.
  ///
  /// A page that was taught as it is goes as a whole; of any other page each row goes by itself, and leaves a line that
  /// is not scored where it stood.
  /// - Parameters:
  ///   - pages: the rows; lines that are not scored are passed over.
  ///   - base: a model that was taught them.
  ///   - weight: how often each row is taken out; nil for as often as it was learnt.
  /// - Throws: ``Failure/notLearnt(file:line:)`` for the first row that was not learnt (as often).
  /// - Complexity: O(base + rows × own rows).
  public static func forget(
    _ pages: [LabelledPage], in base: LineClassifier, weight: Int? = nil
  ) throws(Failure) -> Result {
    if let weight { try check(weight) }
    guard pages.contains(where: { $0.rows.contains { $0.label != nil } }) else { throw .noRows }
    var taught = try TaughtModel(base.model)
    var forgetting = Forgetting(taught.own, weight: weight)
    try forgetting.forget(pages)
    try taught.setOwn(forgetting.own)
    return try result(taught, isSealed: false)
  }

  private static func check(_ weight: Int) throws(Failure) {
    guard (1...IndexedCorpus.copyLimit).contains(weight) else { throw .invalidWeight(weight) }
  }

  private static func result(_ taught: TaughtModel, isSealed: Bool) throws(Failure) -> Result {
    Result(
      bytes: try taught.bytes(isSealed: isSealed), pages: taught.own.pages.count,
      rows: taught.own.lines.filter { $0.label >= 0 }.count,
      recordSize: isSealed || taught.own.pages.isEmpty ? 0 : taught.section.count)
  }
}
