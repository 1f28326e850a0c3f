import Chaff

/// Trains models from labelled pages.
public enum Trainer {
  /// Why no model can be trained from the data.
  public enum Failure: Error, Equatable, Sendable {
    /// There is no labelled line.
    case noRows
    /// There are more labels than a model may have.
    case tooManyLabels(count: Int, limit: Int)
    /// There are more lines, each as often as it counts, than counts have room for.
    case tooManyRows(count: Int, limit: Int)
    /// The labels are not those of the model whose parameters are taken.
    case otherLabels
    /// The model whose parameters are taken is damaged.
    case model(ModelError)
    /// An option has a value with which nothing can be trained; its name.
    case invalidOption(String)
  }

  /// A trained model and what it was made of.
  public struct Result: Sendable {
    /// The bytes of the model file.
    public let bytes: [UInt8]
    /// Whole pages.
    public let pages: Int
    /// Fragments.
    public let parts: Int
    /// Labelled lines.
    public let rows: Int
    /// Labels.
    public let labels: Int
    /// Features that were met.
    public let features: Int
    /// Features that were kept.
    public let keptFeatures: Int
  }

  /// Trains a model.
  ///
  /// Counts come from all pages; priors and the chain from whole pages alone (parts if there is nothing else). The
  /// pool's weights and the threshold of cleaning are fitted on folds of the whole pages.
  ///
  /// The same pages give the same bytes, in whatever order they come and on whatever machine.
  /// - Parameters:
  ///   - pages: whole pages and parts, in any order.
  ///   - options: the choices of the run.
  ///   - progress: is told, now and then, how much is done, from 0 to 1.
  /// - Throws: ``Failure`` by case.
  /// - Complexity: O(rows + rows of a batch × steps).
  public static func train(
    _ pages: [LabelledPage], options: TrainingOptions = .init(), progress: (Double) -> Void = { _ in }
  ) throws(Failure) -> Result {
    try train(CountedPages(pages), options: options, progress: progress)
  }

  /// Trains a model from pages that were counted before, perhaps elsewhere: the same bytes as from the pages themselves.
  public static func train(
    _ pages: CountedPages, options: TrainingOptions = .init(), progress: (Double) -> Void = { _ in }
  ) throws(Failure) -> Result {
    if let name = options.firstInvalid { throw .invalidOption(name) }
    let (corpus, onPages) = try Self.corpus(pages, usesForms: options.usesForms)
      .withoutRareFeatures(minimum: FeatureSelection.minimumPages(options))
    progress(0.2)
    var counts = FeatureCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
    counts.add(corpus, onPages: onPages)
    var chain = ChainCounts(phases: PagePhases(of: corpus, options))
    for page in corpus.pages where !page.isPart { chain.add(corpus.states(of: page), times: page.copies) }
    let folds = Folds(count: max(2, min(options.folds, corpus.pages.count)))
    let fitted = FittedModel(corpus, counts: counts, chain: chain, folds: folds, options: options) {
      progress(0.2 + 0.8 * $0)
    }
    return result(fitted.assembly)
  }

  /// Trains a model with the parameters of another: nothing is fitted, only counts are new.
  /// - Throws: ``Failure/otherLabels`` if the pages do not have exactly the model's labels.
  public static func train(
    _ pages: CountedPages, parametersOf model: LineClassifier
  ) throws(Failure) -> Result {
    let parameters = model.model.parameters
    let corpus = try corpus(pages, usesForms: parameters.usesForms)
    guard corpus.labels == model.model.labels else { throw .otherLabels }
    let vocabulary: Vocabulary
    do throws(ModelError) { vocabulary = try model.model.vocabulary() } catch { throw .model(error) }
    var counts = FeatureCounts(labelCount: corpus.labels.count, featureCount: corpus.index.count)
    counts.add(corpus)
    var chain = ChainCounts(phases: model.model.chain.phases)
    for page in corpus.pages where !page.isPart { chain.add(corpus.states(of: page), times: page.copies) }
    let options = TrainingOptions(of: parameters, vocabulary)
    let features = FeatureSelection.features(of: corpus, counts, options)
    return result(
      ModelAssembly(
        corpus: corpus, counts: counts, features: features, gains: vocabulary.gains(of: features, in: corpus.index),
        chain: chain,
        pool: PoolWeights(labelCount: corpus.labels.count), options: options,
        temperature: parameters.temperature, cleanThreshold: parameters.cleanThreshold, given: parameters))
  }

  /// The pages as they are counted.
  static func corpus(_ pages: CountedPages, usesForms: Bool) throws(Failure) -> IndexedCorpus {
    var corpus = pages.corpus
    corpus.promoteLoneParts()
    if !usesForms { corpus.dropForms() }
    // A row may be blank to the scanner though it is not to the reader.
    guard corpus.hasRows else { throw .noRows }
    guard corpus.labels.count <= LabelSet.limit else {
      throw .tooManyLabels(count: corpus.labels.count, limit: LabelSet.limit)
    }
    guard corpus.weight <= FeatureCounts.rowLimit else {
      throw .tooManyRows(count: corpus.weight, limit: FeatureCounts.rowLimit)
    }
    return corpus
  }

  /// - Parameter labelled: the pages that are told of; all of the assembly's if nil.
  static func result(_ assembly: ModelAssembly, of labelled: IndexedCorpus? = nil) -> Result {
    let corpus = assembly.corpus
    let pages = (labelled ?? corpus).pages
    return Result(
      bytes: assembly.bytes(), pages: pages.filter { !$0.isPart }.count, parts: pages.filter(\.isPart).count,
      rows: assembly.counts.rows.reduce(0, +), labels: corpus.labels.count,
      features: corpus.index.count + corpus.leftOutFeatures,
      keptFeatures: assembly.features.count)
  }
}

extension Vocabulary {
  /// The gains that a model has for features of other pages.
  fileprivate func gains(of chosen: [Int], in index: FeatureIndex) -> [FeatureGain] {
    var known: [UInt64: FeatureGain] = [:]
    for feature in features where feature.gain != .none {
      known[FeatureHash.named(feature.name, in: feature.block)] = feature.gain
    }
    return chosen.map { known[index.hashes[$0]] ?? .none }
  }
}
