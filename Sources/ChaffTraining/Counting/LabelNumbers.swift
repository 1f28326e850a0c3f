import Chaff

/// Looks labels' numbers up. Most rows have the label of the row before, which is quickly told.
struct LabelNumbers {
  private let labels: LabelSet
  private var last: (label: Label?, number: Int) = (nil, -1)

  init(_ labels: LabelSet) { self.labels = labels }

  /// The number of a label; −1 for none, and for one that is not in the set.
  mutating func number(of label: Label?) -> Int {
    if label != last.label { last = (label, label.flatMap { labels.index(of: $0) } ?? -1) }
    return last.number
  }

  /// The labels of all rows.
  static func labels(of pages: [LabelledPage]) -> LabelSet {
    var seen: Set<Label> = []
    var last: Label?
    for page in pages {
      for row in page.rows where row.label != last {
        last = row.label
        if let last { seen.insert(last) }
      }
    }
    return LabelSet(seen)
  }
}
