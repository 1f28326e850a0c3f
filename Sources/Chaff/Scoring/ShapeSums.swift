/// The sum of the shape block's rows, by what a line has that is unusual.
///
/// A line has some thirty shape features, and most are "none". The sum of the rows of a line that is all "none" is
/// worked out beforehand, and what differs from it is added. The sums are whole numbers, so they are the same.
struct ShapeSums {
  private let groups: Int
  // Shared: its tables live for ever, so that one made here would be a leak for each scorer.
  private let ranges = ShapeFeatures.ranges
  /// By group: the sum of the first feature of each attribute.
  private let usual: UnsafeMutablePointer<RowSums>
  /// `features × groups`: a feature's row less that of its attribute's first.
  private let differences: UnsafeMutablePointer<RowSums>

  init(model: Model) {
    groups = model.labelGroups
    usual = .allocate(capacity: groups)
    usual.initialize(repeating: RowSums(), count: groups)
    differences = .allocate(capacity: ShapeFeatures.count * groups)
    let firsts = ShapeFeatures.firstFeatures
    for group in 0..<groups {
      func row(_ feature: Int) -> RowSums {
        var sums = RowSums()
        sums.add(model.shapeRows[feature * groups + group])
        return sums
      }
      for (attribute, first) in firsts.enumerated() {
        usual[group] += row(first)
        for feature in first..<(attribute + 1 < firsts.count ? firsts[attribute + 1] : ShapeFeatures.count) {
          var difference = row(feature)
          difference -= row(first)
          (differences + (feature * groups + group)).initialize(to: difference)
        }
      }
    }
  }

  func deallocate() {
    usual.deallocate()
    differences.deallocate()
  }

  /// The sum of the rows of a line's features.
  @inline(__always)
  func sum(_ line: UnsafePointer<LineLook>, group: Int) -> RowSums {
    var sum = usual[group]
    let differences = differences + group
    ranges.forEachUnusual(line) { sum += differences[$0 &* groups] }
    return sum
  }
}
