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
    // The large sections side by side, and before them what they are made of.
    var rows: [Double] = []
    var named: [Int] = []
    var placed: FeatureTableBuilder.Placement?
    Parallel.forEach(2) { part in
      if part == 0 {
        rows = self.rows(likelihoods)
        named = FeatureOrder.byName(features, corpus.index)
      } else {
        placed = place()
      }
    }
    guard let placement = placed else { preconditionFailure("both have been done") }
    let shapeRows = (0..<ShapeFeatures.count).map { shapeRow($0, likelihoods) }
    let scales = scales(rows, shapeRows)
    var table: [UInt8] = []
    var vocabulary = Vocabulary(features: [], totals: [], shapeCounts: [], lines: [])
    Parallel.forEach(2) { part in
      if part == 0 {
        table = FeatureTableBuilder.bytes(placement, lanes: lanes, rows: quantized(rows, scales, lanes))
      } else {
        vocabulary = self.vocabulary(Self.kept(placement.order.map { features[$0] }, of: named))
      }
    }
    let parts = ModelWriter.Parts(
      labels: corpus.labels, parameters: parameters(scales), chain: chain,
      shapeRows: shapeRows.flatMap { quantized($0, scales[FeatureBlock.shape.rawValue], lanes) },
      table: table, vocabulary: vocabulary, ownRows: ownRows)
    return ModelWriter.bytes(of: parts)
  }

  /// The rows of all kept features, one after the other.
  private func rows(_ likelihoods: LogLikelihoods) -> [Double] {
    let labels = counts.labelCount
    var rows: [Double] = []
    rows.reserveCapacity(features.count * labels)
    var row = [Double](repeating: 0, count: labels)
    for feature in features {
      likelihoods.row(
        counts.hashed[feature * labels..<(feature + 1) * labels], corpus.index.blocks[feature],
        trust: options.trust(onPages: counts.pages[feature]), into: &row)
      rows.append(contentsOf: row)
    }
    return rows
  }

  /// Of two features that cannot be told apart in the table, the one on more pages is kept.
  private func place() -> FeatureTableBuilder.Placement {
    let hashes = features.map { corpus.index.hashes[$0] }
    let pages = features.map { counts.pages[$0] }
    return FeatureTableBuilder.place(hashes) { left, right in
      pages[left] != pages[right] ? pages[left] > pages[right] : hashes[left] < hashes[right]
    }
  }

  private func shapeRow(_ shape: Int, _ likelihoods: LogLikelihoods) -> [Double] {
    var row = [Double](repeating: 0, count: counts.labelCount)
    let range = shape * counts.labelCount..<(shape + 1) * counts.labelCount
    likelihoods.row(counts.shapes[range], .shape, into: &row)
    return row
  }

  /// The step of each block's quantisation: its largest row value is 127 steps.
  private func scales(_ rows: [Double], _ shapeRows: [[Double]]) -> [Double] {
    var largest = [Double](repeating: 1, count: FeatureBlock.count)
    for (number, feature) in features.enumerated() {
      let block = corpus.index.blocks[feature].rawValue
      var value = largest[block]
      for index in number * counts.labelCount..<(number + 1) * counts.labelCount {
        value = max(value, abs(rows[index]))
      }
      largest[block] = value
    }
    for row in shapeRows {
      for value in row { largest[FeatureBlock.shape.rawValue] = max(largest[FeatureBlock.shape.rawValue], abs(value)) }
    }
    return largest.map { $0 / 127 }
  }

  /// The rows of all kept features in steps of their blocks, `lanes` bytes each.
  private func quantized(_ rows: [Double], _ scales: [Double], _ lanes: Int) -> [Int8] {
    var result = [Int8](repeating: 0, count: features.count * lanes)
    for (number, feature) in features.enumerated() {
      let scale = scales[corpus.index.blocks[feature].rawValue]
      for label in 0..<counts.labelCount {
        result[number * lanes + Self.place(ofLabel: label)] = Self.steps(
          rows[number * counts.labelCount + label], scale)
      }
    }
    return result
  }

  private func quantized(_ row: [Double], _ scale: Double, _ lanes: Int) -> [Int8] {
    var result = [Int8](repeating: 0, count: lanes)
    for (label, value) in row.enumerated() { result[Self.place(ofLabel: label)] = Self.steps(value, scale) }
    return result
  }

  private static func steps(_ value: Double, _ scale: Double) -> Int8 {
    Int8(max(-127, min(127, (value / scale).rounded(.toNearestOrAwayFromZero))))
  }

  /// Where a label's byte stands in a row: in the order of ``RowSums``.
  private static func place(ofLabel label: Int) -> Int { label / 16 * 16 + RowSums.position(ofLane: label % 16) }

  private func parameters(_ scales: [Double]) -> ModelParameters {
    if var given {
      given.scales = scales
      return given
    }
    return ModelParameters(
      smoothing: options.smoothing, minimumPages: options.minimumPages, heldBackPages: options.heldBackPages,
      chainSmoothing: options.chainSmoothing, scales: scales, weights: pool.weights, bias: pool.bias,
      usesForms: options.usesForms, articleText: chain.phases.text, temperature: temperature,
      cleanThreshold: cleanThreshold)
  }

  /// Those features of a list that have a place: hardly ever not all.
  private static func kept(_ placed: [Int], of features: [Int]) -> [Int] {
    guard placed.count < features.count else { return features }
    let placed = Set(placed)
    return features.filter { placed.contains($0) }
  }

  /// - Parameter chosen: in the order of names.
  private func vocabulary(_ chosen: [Int]) -> Vocabulary {
    let labelCount = counts.labelCount
    let features = chosen.map { feature in
      Vocabulary.Feature(
        block: corpus.index.blocks[feature], name: Array(corpus.index.names[feature]),
        counts: (0..<labelCount).compactMap { label in
          let count = Int(counts.hashed[feature * labelCount + label])
          return count > 0 ? (label: label, count: count) : nil
        }, pages: Int(counts.pages[feature]))
    }
    return Vocabulary(
      features: features, totals: counts.totals, shapeCounts: counts.shapes.map(Int.init), lines: counts.rows)
  }
}
