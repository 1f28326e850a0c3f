import Chaff

/// Models trained on all folds but one and measured on that one.
///
/// Pages of one site, where they name it, are in one fold. Parts are trained on when their fold is not the one that is
/// measured, but not measured: their nags are more than a page's share. (Data without any whole page is measured.)
package struct CrossValidation: Sendable {
  /// Why it cannot be done.
  package enum Failure: Error, Equatable, Sendable {
    /// There are fewer sites or pages than folds.
    case tooFewPages(groups: Int, folds: Int)
    /// A fold's model cannot be trained.
    case training(Trainer.Failure)
  }

  /// The figures of one fold.
  package struct Fold: Sendable, Equatable {
    package let pages: Int
    package let lines: Int
    package let accuracy: Double?
    package let macroF1: Double?
    package let kindAccuracy: Double?
  }

  package let folds: [Fold]
  package let seed: UInt64
  /// All measured pages, each judged by the model that has not seen it.
  package let evaluation: Evaluation

  /// - Parameters:
  ///   - count: how many folds.
  ///   - seed: of dealing the pages out; the order of files plays no part.
  ///   - progress: is told how much is done, from 0 to 1.
  package init(
    _ pages: [LabelledPage], folds count: Int, seed: UInt64 = Bootstrap.seed, options: TrainingOptions = .init(),
    linesAlone: Bool = false, progress: (Double) -> Void = { _ in }
  ) throws(Failure) {
    let foldOfPage = try Self.deal(pages, count, seed)
    let hasWhole = pages.contains { !$0.isPart }
    var judges: [LineClassifier] = []
    for fold in 0..<count {
      let training = pages.indices.filter { foldOfPage[$0] != fold }.map { pages[$0] }
      let share = { (done: Double) in progress((Double(fold) + done) / Double(count) * 0.95) }
      judges.append(try Self.train(training, options, share))
    }
    let measured = pages.indices.filter { !hasWhole || !pages[$0].isPart }
    let evaluation = Evaluation(
      measured.map { pages[$0] }, judges: judges, judgeOfPage: measured.map { foldOfPage[$0] }, linesAlone: linesAlone)
    self.seed = seed
    self.evaluation = evaluation
    folds = (0..<count).map { Self.figures(evaluation, fold: $0) }
  }

  private static func train(
    _ pages: [LabelledPage], _ options: TrainingOptions, _ progress: (Double) -> Void
  ) throws(Failure) -> LineClassifier {
    let bytes: [UInt8]
    do throws(Trainer.Failure) {
      bytes = try Trainer.train(pages, options: options, progress: progress).bytes
    } catch {
      throw .training(error)
    }
    do throws(ModelError) {
      return try LineClassifier(modelBytes: bytes)
    } catch {
      preconditionFailure("a model that was just trained cannot be read: \(error)")
    }
  }

  /// The fold of each page. Groups of pages are put in an order by chance, the seed's, and dealt out in turn.
  static func deal(_ pages: [LabelledPage], _ count: Int, _ seed: UInt64) throws(Failure) -> [Int] {
    let groups = PageGroup.numbers(pages)
    var keys: [(hash: UInt64, content: UInt64)?] = []
    for (page, group) in zip(pages, groups) {
      if group == keys.count { keys.append(nil) }
      let content = content(page)
      let name = PageGroup.name(of: page).map { Array($0.utf8) }
      // A group of pages goes by its name, a page by its content.
      let key = name.map { $0.withUnsafeBytes { Checksum.of($0) } } ?? content
      keys[group] = (FeatureHash.mix(key ^ FeatureHash.mix(seed)), key)
    }
    guard keys.count >= count else { throw .tooFewPages(groups: keys.count, folds: count) }
    let order = keys.indices.sorted { left, right in
      let (a, b) = (keys[left]?.hash ?? 0, keys[right]?.hash ?? 0)
      return a != b ? a < b : left < right
    }
    var foldOfGroup = [Int](repeating: 0, count: keys.count)
    for (place, group) in order.enumerated() { foldOfGroup[group] = place % count }
    return groups.map { foldOfGroup[$0] }
  }

  private static func content(_ page: LabelledPage) -> UInt64 {
    var bytes: [UInt8] = []
    for row in page.rows {
      bytes.append(contentsOf: (row.label?.path ?? LabelledPageReader.skip).utf8)
      bytes.append(0x09)
      bytes.append(contentsOf: row.text)
      bytes.append(0x0a)
    }
    return bytes.withUnsafeBytes { Checksum.of($0) }
  }

  private static func figures(_ evaluation: Evaluation, fold: Int) -> Fold {
    let pages = evaluation.pages.indices.filter { evaluation.judgeOfPage[$0] == fold }
    var categories = ConfusionMatrix(classes: evaluation.categories.classes)
    var kinds = ConfusionMatrix(classes: evaluation.kinds.classes)
    for page in pages {
      categories.add(evaluation.categoriesByPage[page])
      kinds.add(evaluation.kindsByPage[page])
    }
    return Fold(
      pages: pages.count, lines: categories.total, accuracy: categories.accuracy, macroF1: categories.macroF1,
      kindAccuracy: kinds.accuracy)
  }
}

/// How far values lie apart.
package struct Spread: Sendable, Equatable {
  package let mean: Double
  /// The sample's standard deviation; 0 for one value.
  package let deviation: Double
  package let low: Double
  package let high: Double

  /// Nil if a value is undefined, or there is none.
  package init?(_ values: [Double?]) {
    let known = values.compactMap { $0 }
    guard known.count == values.count, let low = known.min(), let high = known.max() else { return nil }
    let mean = known.reduce(0, +) / Double(known.count)
    let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    deviation = known.count > 1 ? (squares / Double(known.count - 1)).squareRoot() : 0
    self.low = low
    self.high = high
  }
}
