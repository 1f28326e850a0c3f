import Chaff

/// Turns counts and weights into the parts of a model file.
struct ModelAssembly {
  let corpus: IndexedCorpus
  let counts: FeatureCounts
  /// The features that the model keeps, those of ``FeatureSelection``.
  let features: [Int]
  /// By feature that is kept, what its log-likelihoods are multiplied by.
  let gains: [FeatureGain]
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
    let names = corpus.names(of: features)
    var named: [Int] = []
    var placed: FeatureTableBuilder.Placement?
    Parallel.forEach(2) { part in
      if part == 0 {
        rows = self.rows(likelihoods)
        named = FeatureOrder.byName(names, features.map { corpus.index.blocks[$0] })
      } else {
        placed = place()
      }
    }
    guard let placement = placed else { preconditionFailure("both have been done") }
    let scales = scales(rows)
    var table: [UInt8] = []
    var vocabulary: [UInt8] = []
    Parallel.forEach(2) { part in
      if part == 0 {
        table = FeatureTableBuilder.bytes(placement, lanes: lanes, rows: quantized(rows, scales, lanes))
      } else {
        vocabulary = self.vocabulary(Self.kept(placement.order, of: named), names)
      }
    }
    let parts = ModelWriter.Parts(
      labels: corpus.labels, parameters: parameters(scales), chain: chain, table: table, vocabulary: vocabulary,
      ownRows: ownRows)
    return ModelWriter.bytes(of: parts)
  }

  /// The rows of all kept features, one after the other.
  private func rows(_ likelihoods: LogLikelihoods) -> [Double] {
    let own = counts.keeping(features)
    var rows = likelihoods.rows(own.byLabel[...], features.map { UInt8(corpus.index.blocks[$0].rawValue) }[...])
    for (feature, gain) in gains.enumerated() where gain != .none {
      for index in feature * counts.labelCount..<(feature + 1) * counts.labelCount { rows[index] *= gain.factor }
    }
    return rows
  }

  /// Of two features that cannot be told apart in the table, the one on more pages is kept.
  private func place() -> FeatureTableBuilder.Placement {
    let hashes = features.map { corpus.index.hashes[$0] }
    let keyed = features.indices.map { (pages: counts.pages[features[$0]], hash: hashes[$0], place: $0) }
    let ranked = keyed.sorted { $0.pages != $1.pages ? $0.pages > $1.pages : $0.hash < $1.hash }
    return FeatureTableBuilder.place(hashes, ranked: ranked.map(\.place))
  }

  /// The step of each block's quantisation: its largest row value is 127 steps.
  private func scales(_ rows: [Double]) -> [Double] {
    var largest = [Double](repeating: 1, count: FeatureBlock.count)
    for (number, feature) in features.enumerated() {
      let block = corpus.index.blocks[feature].rawValue
      var value = largest[block]
      for index in number * counts.labelCount..<(number + 1) * counts.labelCount {
        value = max(value, abs(rows[index]))
      }
      largest[block] = value
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
      smoothing: options.smoothing, minimumPages: options.minimumPages, chainSmoothing: options.chainSmoothing,
      scales: scales, weights: pool.weights, bias: pool.bias, usesForms: options.usesForms,
      articleText: chain.phases.text, temperature: temperature, cleanThreshold: cleanThreshold)
  }

  /// Those features of a list that have a place in the table: hardly ever not all.
  private static func kept(_ placed: [Int], of features: [Int]) -> [Int] {
    guard placed.count < features.count else { return features }
    let placed = Set(placed)
    return features.filter { placed.contains($0) }
  }

  /// Section `VOCA`.
  /// - Parameters:
  ///   - chosen: which of the features, in the order of names.
  ///   - names: those of all features.
  private func vocabulary(_ chosen: [Int], _ names: NameList) -> [UInt8] {
    var writer = VocabularyWriter(lines: counts.rows, totals: counts.totals)
    let labels = counts.labelCount
    let (features, blocks) = (features, corpus.index.blocks)
    var own: [(label: Int, count: Int)] = []
    counts.byLabel.withUnsafeBufferPointer { byLabel in
      for block in FeatureBlock.allCases {
        let chosen = chosen.filter { blocks[features[$0]] == block }
        writer.beginBlock(features: chosen.count)
        for place in chosen {
          let feature = features[place]
          own.removeAll(keepingCapacity: true)
          for label in 0..<labels where byLabel[feature * labels + label] > 0 {
            own.append((label, Int(byLabel[feature * labels + label])))
          }
          writer.append(names[place], pages: Int(counts.pages[feature]), gain: gains[place], counts: own)
        }
      }
    }
    return writer.bytes
  }
}
