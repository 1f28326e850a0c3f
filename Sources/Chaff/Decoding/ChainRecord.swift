/// The counts of a chain as a model file has them: of pairs, only those that were seen.
///
/// Five in six of the standard model's pairs were not. To lay all of them out, as counting does, took a tenth of the time
/// of its loading.
struct ChainRecord: Sendable {
  let phases: PagePhases
  /// Those of ``ChainCounts``.
  var first: [UInt64]
  var last: [UInt64]
  var lines: [UInt64]
  /// Ascending by number.
  var pairs: [Pair]

  /// A pair that was seen.
  struct Pair: Sendable, Equatable {
    /// Its place in ``ChainCounts/pairs``.
    let number: UInt32
    let count: UInt64
  }

  /// How many pairs there are of a chain.
  static func pairCount(_ phases: PagePhases) -> Int { phases.stepCount * LineForm.count * LineForm.count }
}

extension ChainCounts {
  init(_ record: ChainRecord) {
    self.init(phases: record.phases)
    first = record.first
    last = record.last
    lines = record.lines
    for pair in record.pairs { pairs[Int(pair.number)] = pair.count }
  }

  var record: ChainRecord {
    let seen = pairs.indices.lazy.filter { pairs[$0] > 0 }
    return ChainRecord(
      phases: phases, first: first, last: last, lines: lines,
      pairs: seen.map { ChainRecord.Pair(number: UInt32($0), count: pairs[$0]) })
  }
}
