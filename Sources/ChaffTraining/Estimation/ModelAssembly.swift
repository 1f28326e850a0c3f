import Chaff

/// Turns counts and weights into the parts of a model file.
struct ModelAssembly {
  let corpus: IndexedCorpus
  let counts: FeatureCounts
  /// The features that the model keeps, those of ``FeatureSelection``.
  let features: [Int]
  let chain: ChainCounts
  let pool: PoolWeights
  let options: TrainingOptions
  let temperature: Temperature
  let cleanThreshold: Double
  /// The numbers of another model, where they are taken over instead of fitted.
  var given: ModelParameters?
  /// Section `OWNR`, or nothing.
  var ownRows: [UInt8] = []

  /// The bytes of the model file.
  func bytes() -> [UInt8] {
    let lanes = (corpus.labels.count + 15) & ~15
    let likelihoods = LogLikelihoods(counts: counts, smoothing: options.smoothing)
    let chosen = features
    let rows = chosen.map { row(of: $0, likelihoods) }
    let shapeRows = (0..<ShapeFeatures.count).map { shapeRow($0, likelihoods) }
    let scales = scales(chosen, rows, shapeRows)
    let hashes = chosen.map { corpus.index.hashes[$0] }
    // Of two features that cannot be told apart in the table, the one on more pages is kept.
    let placement = FeatureTableBuilder.place(hashes) { left, right in
      counts.pages[chosen[left]] != counts.pages[chosen[right]]
        ? counts.pages[chosen[left]] > counts.pages[chosen[right]] : hashes[left] < hashes[right]
    }
    let table = FeatureTableBuilder.bytes(placement, lanes: lanes) { index in
      quantized(rows[index], scales[corpus.index.blocks[chosen[index]].rawValue], lanes)
    }
    let parts = ModelWriter.Parts(
      labels: corpus.labels, parameters: parameters(scales), chain: chain,
      shapeRows: shapeRows.flatMap { quantized($0, scales[FeatureBlock.shape.rawValue], lanes) },
      table: table, vocabulary: vocabulary(placement.order.map { chosen[$0] }), ownRows: ownRows)
    return ModelWriter.bytes(of: parts)
  }

  private func row(of feature: Int, _ likelihoods: LogLikelihoods) -> [Double] {
    var row = [Double](repeating: 0, count: counts.labelCount)
    let range = feature * counts.labelCount..<(feature + 1) * counts.labelCount
    likelihoods.row(counts.hashed[range], corpus.index.blocks[feature], into: &row)
    return row
  }

  private func shapeRow(_ shape: Int, _ likelihoods: LogLikelihoods) -> [Double] {
    var row = [Double](repeating: 0, count: counts.labelCount)
    let range = shape * counts.labelCount..<(shape + 1) * counts.labelCount
    likelihoods.row(counts.shapes[range], .shape, into: &row)
    return row
  }

  /// The step of each block's quantisation: its largest row value is 127 steps.
  private func scales(_ chosen: [Int], _ rows: [[Double]], _ shapeRows: [[Double]]) -> [Double] {
    var largest = [Double](repeating: 1, count: FeatureBlock.count)
    for (feature, row) in zip(chosen, rows) {
      let block = corpus.index.blocks[feature].rawValue
      for value in row { largest[block] = max(largest[block], abs(value)) }
    }
    for row in shapeRows {
      for value in row { largest[FeatureBlock.shape.rawValue] = max(largest[FeatureBlock.shape.rawValue], abs(value)) }
    }
    return largest.map { $0 / 127 }
  }

  private func quantized(_ row: [Double], _ scale: Double, _ lanes: Int) -> [Int8] {
    let steps =
      row.map { Int8(max(-127, min(127, ($0 / scale).rounded(.toNearestOrAwayFromZero)))) }
      + [Int8](repeating: 0, count: lanes - row.count)
    return stride(from: 0, to: lanes, by: 16).flatMap { RowSums.ordered(Array(steps[$0..<$0 + 16])) }
  }

  private func parameters(_ scales: [Double]) -> ModelParameters {
    if var given {
      given.scales = scales
      return given
    }
    return ModelParameters(
      smoothing: options.smoothing, minimumPages: options.minimumPages, chainSmoothing: options.chainSmoothing,
      scales: scales, weights: pool.weights, bias: pool.bias,
      usesForms: options.usesForms, articleText: chain.phases.text, temperature: temperature,
      cleanThreshold: cleanThreshold)
  }

  private func vocabulary(_ chosen: [Int]) -> Vocabulary {
    let labelCount = counts.labelCount
    let features = chosen.map { feature in
      Vocabulary.Feature(
        block: corpus.index.blocks[feature], name: corpus.index.names[feature],
        counts: (0..<labelCount).compactMap { label in
          let count = Int(counts.hashed[feature * labelCount + label])
          return count > 0 ? (label: label, count: count) : nil
        }, pages: Int(counts.pages[feature]))
    }
    return Vocabulary(
      features: features.sorted { left, right in
        left.block != right.block
          ? left.block.rawValue < right.block.rawValue : left.name.lexicographicallyPrecedes(right.name)
      },
      totals: counts.totals, shapeCounts: counts.shapes.map(Int.init), lines: counts.rows)
  }
}
