import Chaff

/// Chooses the features that a model keeps.
enum FeatureSelection {
  /// The features that stand on enough pages; if there are too many, those that tell most.
  ///
  /// What a feature tells is what it adds to the log-likelihood of the training lines' own labels, in nats:
  /// `Σ_k n(f,k) log p(f|k)/p(f)`. A rare feature of one label and a common one that hardly leans to any both tell
  /// little.
  /// - Complexity: O(features × labels).
  static func features(of corpus: IndexedCorpus, _ counts: FeatureCounts, _ options: TrainingOptions) -> [Int] {
    let minimum = minimumPages(options)
    let blocks = corpus.index.blockNumbers
    let chosen = (0..<corpus.index.count).filter { feature in
      Int(counts.pages[feature]) >= minimum[Int(blocks[feature])] && !corpus.hasLongName(feature)
    }
    guard chosen.count > options.featureLimit else { return chosen }
    let told = told(chosen, blocks, counts, options)
    return largest(options.featureLimit, of: told) { corpus.index.hashes[chosen[$0]] }.map { chosen[$0] }
  }

  /// On how many pages a feature must stand, by block.
  static func minimumPages(_ options: TrainingOptions) -> [Int] {
    FeatureBlock.allCases.map { options.uses($0) ? max(1, options.minimumPages[$0.rawValue]) : .max }
  }

  /// What features tell, in nats.
  private static func told(
    _ features: [Int], _ blocks: [UInt8], _ counts: FeatureCounts, _ options: TrainingOptions
  ) -> [Double] {
    let labels = counts.labelCount
    let likelihoods = LogLikelihoods(counts: counts, smoothing: options.smoothing)
    return Parallel.inOrder(features.indices, atOnce: 4096) { part in
      let own = counts.keeping(Array(features[part])).byLabel
      let rows = likelihoods.rows(own[...], features[part].map { blocks[$0] }[...])
      return part.indices.map { place in
        let first = (place - part.lowerBound) * labels
        return (first..<first + labels).reduce(0.0) { $0 + Double(own[$1]) * rows[$1] }
      }
    }.flatMap { $0 }
  }

  /// The places of the largest values, ascending; there are more.
  ///
  /// Of equals not those of the lower hash: the low ones would crowd a part of the table.
  private static func largest(_ count: Int, of values: [Double], hash: (Int) -> UInt64) -> [Int] {
    guard count > 0 else { return [] }
    let bound = bound(ofLargest: count, values.map(\.ascendingBits))
    var larger = 0
    var equal: [Int] = []
    for (place, value) in values.enumerated() {
      if value.ascendingBits > bound { larger += 1 } else if value.ascendingBits == bound { equal.append(place) }
    }
    equal.sort { FeatureHash.mix(hash($0)) < FeatureHash.mix(hash($1)) }
    let chosen = Set(equal.prefix(count - larger))
    return values.indices.filter { place in
      let bits = values[place].ascendingBits
      return bits > bound || bits == bound && chosen.contains(place)
    }
  }

  /// The smallest of so many largest numbers: sixteen bits at a time, of what has the bits before, since only that much of
  /// an order is wanted.
  private static func bound(ofLargest count: Int, _ numbers: [UInt64]) -> UInt64 {
    var (rest, bound) = (numbers, UInt64(0))
    var left = count
    for shift in stride(from: UInt64(48), through: 0, by: -16) {
      var tallies = [Int](repeating: 0, count: 1 << 16)
      for number in rest { tallies[Int(number >> shift & 0xffff)] += 1 }
      var digit = 0xffff
      while tallies[digit] < left {
        left -= tallies[digit]
        digit -= 1
      }
      bound |= UInt64(digit) << shift
      rest = rest.filter { $0 >> shift & 0xffff == digit }
    }
    return bound
  }
}

extension Double {
  /// A number that is ordered as this is; both zeros have the same.
  fileprivate var ascendingBits: UInt64 {
    let bits = (self + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }
}
