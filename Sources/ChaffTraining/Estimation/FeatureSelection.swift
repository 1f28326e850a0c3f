import Chaff

/// Chooses the hashed features that a model keeps.
enum FeatureSelection {
  /// The features that stand on enough pages; if there are too many, those that tell most.
  ///
  /// What a feature tells is what it adds to the log-likelihood of the training lines' own labels, in nats:
  /// `Σ_k n(f,k) log p(f|k)/p(f)`. A rare feature of one label and a common one that hardly leans to any both tell
  /// little.
  /// - Complexity: O(features × log features).
  static func features(of corpus: IndexedCorpus, _ counts: FeatureCounts, _ options: TrainingOptions) -> [Int] {
    let index = corpus.index
    let minimum = FeatureBlock.allCases.map { options.uses($0) ? max(1, options.minimumPages[$0.rawValue]) : .max }
    let chosen = (0..<index.count).filter { feature in
      Int(counts.pages[feature]) >= minimum[index.blocks[feature].rawValue]
        && index.names.length(feature) <= Vocabulary.longestName
    }
    guard chosen.count > options.featureLimit else { return chosen }
    let likelihoods = LogLikelihoods(counts: counts, smoothing: options.smoothing)
    let told = Parallel.inOrder(chosen.indices, atOnce: 4096) { part in
      var row = [Double](repeating: 0, count: counts.labelCount)
      return chosen[part].map { feature in
        let range = feature * counts.labelCount..<(feature + 1) * counts.labelCount
        likelihoods.row(counts.hashed[range], index.blocks[feature], into: &row)
        return (feature: feature, nats: zip(counts.hashed[range], row).reduce(0) { $0 + Double($1.0) * $1.1 })
      }
    }.joined()
    let ranked = told.sorted { left, right in
      // Of equals not the lower hash: the low ones would crowd a part of the table.
      left.nats != right.nats
        ? left.nats > right.nats
        : FeatureHash.mix(index.hashes[left.feature]) < FeatureHash.mix(index.hashes[right.feature])
    }
    return ranked.prefix(options.featureLimit).map(\.feature)
  }
}
