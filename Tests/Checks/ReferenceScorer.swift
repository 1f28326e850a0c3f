import Chaff

/// The log-likelihoods of a line by the formula, in whole numbers and doubles: what ``LineScorer`` must give, but for
/// rounding.
package enum ReferenceScorer {
  /// One for each label, in nats, up to a constant.
  package static func logLikelihoods(_ line: [UInt8], _ model: Model) -> [Double] {
    let (sink, look) = RecordingSink.read(line)
    let hashes = [sink.words, sink.bigrams, sink.patterns]
    var units = [[Int]](repeating: Array(repeating: 0, count: model.labels.count), count: FeatureBlock.count)
    for (block, hashes) in hashes.enumerated() {
      var seen: Set<Int> = []
      for rank in hashes.map(model.table.rank) where rank >= 0 && seen.insert(rank).inserted {
        for label in model.labels.labels.indices { units[block][label] += model.table.value(rank, label: label) }
      }
    }
    return score(units, LengthClass.of(words: look.wordCount), model.parameters)
  }

  private static func score(_ units: [[Int]], _ length: Int, _ parameters: ModelParameters) -> [Double] {
    parameters.bias.indices.map { label in
      FeatureBlock.allCases.map(\.rawValue).reduce(parameters.bias[label]) { sum, block in
        let weight = parameters.weights[(block * LengthClass.count + length) * parameters.bias.count + label]
        return sum + weight * parameters.scales[block] * Double(units[block][label])
      }
    }
  }
}
