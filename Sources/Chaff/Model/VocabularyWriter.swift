/// Writes section `VOCA` feature by feature, so that no ``Vocabulary`` need be in memory: see `VocabularyCoding`.
package struct VocabularyWriter {
  private var writer = ByteWriter()
  private var previous: [UInt8] = []

  /// - Parameters: those of a ``Vocabulary``.
  package init(lines: [Int], totals: [Int]) {
    for count in lines + totals { writer.appendVariable(count) }
  }

  /// The section so far.
  package var bytes: [UInt8] { writer.bytes }

  /// Begins the next of ``FeatureBlock``.
  /// - Parameter count: how many features follow.
  package mutating func beginBlock(features count: Int) {
    writer.appendVariable(count)
    previous.removeAll(keepingCapacity: true)
  }

  /// Appends a feature, whose name comes behind that of the one before.
  package mutating func append(
    _ name: ArraySlice<UInt8>, pages: Int, gain: FeatureGain, counts: [(label: Int, count: Int)]
  ) {
    var shared = 0
    while shared < min(name.count, previous.count), name[name.startIndex + shared] == previous[shared] { shared += 1 }
    writer.appendVariable(shared)
    writer.appendVariable(name.count - shared)
    writer.append(contentsOf: name.dropFirst(shared))
    previous.removeLast(previous.count - shared)
    previous.append(contentsOf: name.dropFirst(shared))
    writer.appendVariable(pages)
    writer.append(gain.steps)
    writer.appendVariable(counts.count)
    var next = 0
    for (label, count) in counts {
      writer.appendVariable((label - next) * 2 + (count > 1 ? 1 : 0))
      if count > 1 { writer.appendVariable(count - 2) }
      next = label + 1
    }
  }
}
