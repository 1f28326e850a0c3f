/// How often each gold class was predicted as each class.
///
/// Classes are told by their number in ``classes``; a number beyond them is the caller's error, and traps.
public struct ConfusionMatrix: Sendable, Equatable {
  /// The names of the classes, in the order of rows and columns.
  public let classes: [String]
  /// Row-major: `counts[gold * classes + predicted]`.
  public private(set) var counts: [Int]

  /// Creates a matrix of zeros.
  public init(classes: [String]) {
    self.classes = classes
    counts = Array(repeating: 0, count: classes.count * classes.count)
  }

  /// - Parameter counts: row-major, as many as classes².
  package init(classes: [String], counts: [Int]) {
    self.classes = classes
    self.counts = counts
  }

  /// Counts one line.
  public mutating func add(gold: Int, predicted: Int) { counts[gold * classes.count + predicted] += 1 }

  /// Adds the counts of another matrix.
  /// - Precondition: it has as many classes.
  public mutating func add(_ other: ConfusionMatrix) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  /// How many lines were counted.
  public var total: Int { counts.reduce(0, +) }

  /// Lines whose gold class it is.
  public func support(_ index: Int) -> Int {
    classes.indices.reduce(0) { $0 + counts[index * classes.count + $1] }
  }

  /// Lines that were predicted as the class.
  public func predicted(_ index: Int) -> Int {
    classes.indices.reduce(0) { $0 + counts[$1 * classes.count + index] }
  }

  /// Lines of the class that were predicted as it.
  public func correct(_ index: Int) -> Int { counts[index * classes.count + index] }

  /// Lines on which prediction and gold agree.
  public var agreeing: Int { classes.indices.reduce(0) { $0 + correct($1) } }

  /// Correct ÷ all; nil without lines.
  public var accuracy: Double? { ratio(agreeing, total) }

  /// Correct ÷ predicted; nil if the class was never predicted.
  public func precision(_ index: Int) -> Double? { ratio(correct(index), predicted(index)) }

  /// Correct ÷ support; nil if the class has no line.
  public func recall(_ index: Int) -> Double? { ratio(correct(index), support(index)) }

  /// `2 correct ÷ (predicted + support)`, the harmonic mean of precision and recall; nil if both are undefined.
  public func f1(_ index: Int) -> Double? { ratio(2 * correct(index), predicted(index) + support(index)) }

  /// The mean F1 of the classes that have lines; nil if none has.
  public var macroF1: Double? { mean { f1($0) } }

  /// The mean precision of the classes that have lines, an undefined one counted as 0; nil if none has lines.
  public var macroPrecision: Double? { mean { precision($0) } }

  /// The mean recall of the classes that have lines.
  public var macroRecall: Double? { mean { recall($0) } }

  private func mean(_ value: (Int) -> Double?) -> Double? {
    let supported = classes.indices.filter { support($0) > 0 }
    guard !supported.isEmpty else { return nil }
    return supported.reduce(0.0) { $0 + (value($1) ?? 0) } / Double(supported.count)
  }

  private func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
