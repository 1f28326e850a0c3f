import CLanes

/// Classes of lines by their number of words; the pool has weights for each.
///
/// Long lines carry the same evidence many times over and want smaller weights than a menu item of one word.
package enum LengthClass {
  /// The largest number of words of each class but the last, ascending.
  private static let upperBounds: [Int32] = [1, 2, 4, 8, 16, 40]

  /// How many classes there are.
  package static let count = 7

  /// The class of a line of so many words.
  package static func of(words: Int) -> Int {
    upperBounds.reduce(0) { $0 + (words > Int($1) ? 1 : 0) }
  }

  /// The class in words: "3…4", "1", "41…".
  package static func name(_ index: Int) -> String {
    let low = index == 0 ? 0 : upperBounds[index - 1] + 1
    guard index < upperBounds.count else { return "\(low)…" }
    return low == upperBounds[index] ? "\(low)" : "\(low)…\(upperBounds[index])"
  }

  /// The same bounds for `chaff_read_forms`; they live for ever.
  nonisolated(unsafe) static let ranges: chaff_ranges = {
    let bounds = UnsafeMutablePointer<Int32>.allocate(capacity: upperBounds.count)
    bounds.initialize(from: upperBounds, count: upperBounds.count)
    return chaff_ranges(bounds: bounds, count: upperBounds.count)
  }()
}
