import Chaff

/// Numbers labels in the order in which they are met. Most rows have the label of the row before, which is quickly told.
struct LabelNumbers {
  /// The labels that were met, by number.
  private(set) var labels: [Label] = []
  private var numbers: [Label: Int] = [:]
  private var last: (label: Label?, number: Int) = (nil, -1)

  /// The number of a label; −1 for none.
  mutating func number(of label: Label?) -> Int {
    if label != last.label { last = (label, label.map { find($0) } ?? -1) }
    return last.number
  }

  private mutating func find(_ label: Label) -> Int {
    if let number = numbers[label] { return number }
    numbers[label] = labels.count
    labels.append(label)
    return labels.count - 1
  }
}
