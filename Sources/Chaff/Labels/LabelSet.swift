/// The labels a model knows, in order, and the categories they fall into.
public struct LabelSet: Sendable, Equatable {
  /// The most labels a model may have.
  public static let limit = 256

  /// The labels, ascending. Kind *k* is `labels[k]`.
  public let labels: [Label]
  /// The categories, in the order in which the labels name them.
  public let categories: [String]
  /// For each label, the number of its category.
  public let categoryOfLabel: [Int]
  /// For each category, the number behind that of its last label.
  private let categoryEnds: [Int]

  /// Creates a set from labels in any order; repetitions count once.
  public init(_ labels: some Sequence<Label>) { self.init(ascending: Set(labels).sorted()) }

  /// - Precondition: the labels are ascending, each once.
  init(ascending labels: [Label]) {
    self.labels = labels
    var categories: [String] = []
    var index: [Int] = []
    for label in labels {
      let category = label.category
      if categories.last.map({ !$0.utf8.elementsEqual(category.utf8) }) ?? true { categories.append(category) }
      index.append(categories.count - 1)
    }
    self.categories = categories
    self.categoryOfLabel = index
    categoryEnds = categories.indices.map { category in (index.lastIndex(of: category) ?? -1) + 1 }
  }

  /// Calls `body` with, for each category, the number behind that of its last label.
  @inline(__always)
  package func withCategoryEnds<R, E: Error>(_ body: (UnsafeBufferPointer<Int>) throws(E) -> R) throws(E) -> R {
    try categoryEnds.withUnsafeBufferPointer(body)
  }

  /// How many labels there are.
  public var count: Int { labels.count }

  /// The number of a label, or nil if the set has no such label.
  /// - Complexity: O(log labels).
  public func index(of label: Label) -> Int? {
    var low = 0
    var high = labels.count
    while low < high {
      let middle = (low + high) / 2
      if labels[middle] < label { low = middle + 1 } else { high = middle }
    }
    return low < labels.count && labels[low] == label ? low : nil
  }

  /// The number of a category by its name.
  public func categoryIndex(_ name: String) -> Int? {
    categories.firstIndex { $0.utf8.elementsEqual(name.utf8) }
  }
}
