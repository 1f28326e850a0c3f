/// The hidden states of the chain over lines: the labels, in up to three phases of a page.
///
/// With an anchor category (the article), every other label stands for three states: before the first line of the
/// article, within it, and after its last. So a menu above the headline and a footer below the article have their own
/// neighbours, and a page does not return to its article once it is over.
package struct StateSpace: Sendable, Equatable {
  package let labelCount: Int
  /// Labels rounded up to a multiple of 16: a phase's states begin at a multiple of this.
  package let stride: Int
  package let phaseCount: Int
  /// Whether a label belongs to the anchor category.
  private let isAnchor: [Bool]

  package init(labels: LabelSet, anchor: Int?) {
    labelCount = labels.count
    stride = (labels.count + 15) & ~15
    isAnchor = labels.categoryOfLabel.map { $0 == anchor }
    phaseCount = anchor == nil ? 1 : 3
  }

  /// The width of a vector over states, padding included.
  package var width: Int { stride * phaseCount }

  /// The states that exist, ascending.
  package var states: [Int] {
    (0..<width).filter { exists($0) }
  }

  package func label(of state: Int) -> Int { state % stride }

  package func exists(_ state: Int) -> Bool {
    let label = state % stride
    guard label < labelCount else { return false }
    return phaseCount == 1 || !isAnchor[label] || state / stride == 1
  }

  /// Whether the state `next` may follow `state`.
  package func allows(_ state: Int, _ next: Int) -> Bool {
    guard exists(state), exists(next) else { return false }
    if phaseCount == 1 { return true }
    let from = state / stride
    let to = next / stride
    switch (from, to) {
    case (0, 0), (1, 1), (2, 2): return true
    case (0, 1): return isAnchor[label(of: next)]
    case (1, 2): return isAnchor[label(of: state)]
    default: return false
    }
  }

  /// Whether a page may begin with the state.
  package func allowsFirst(_ state: Int) -> Bool {
    exists(state) && (phaseCount == 1 || state / stride == 0 || isAnchor[label(of: state)])
  }

  /// The states of a page whose labels are known; nil stands for a line that is not scored.
  ///
  /// A page without a line of the anchor category is all "before".
  package func states(of labels: [Int?]) -> [Int?] {
    guard phaseCount == 3 else { return labels }
    let anchored = labels.indices.filter { index in labels[index].map { isAnchor[$0] } ?? false }
    guard let first = anchored.first, let last = anchored.last else { return labels }
    return labels.indices.map { index in
      guard let label = labels[index] else { return nil }
      return label + stride * (index < first ? 0 : index > last ? 2 : 1)
    }
  }
}
