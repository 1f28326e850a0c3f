import Chaff

/// A model that rows of one's own were added to: the model that it began from, untouched, and those rows.
///
/// A model file keeps both in its section `OWNR`: the base's length (8 bytes) and its file, then the rows as in a part
/// file (see `PartCoding`). So whatever was taught, and in whatever steps, the file follows from the base and the rows
/// that are still learnt, and with the last row gone it is the base again.
struct TaughtModel {
  /// The model that the first rows were taught to.
  let base: Model
  /// What was taught, each page once with its copies, in the order of ``IndexedCorpus/merging(_:)``.
  private(set) var own: IndexedCorpus

  /// What a base's counts may be at most, so that adding rows cannot overflow.
  private static let countLimit = 1 << 30

  /// Takes a model apart into the base and the rows; a model that was taught nothing is its own base.
  init(_ model: Model) throws(Teacher.Failure) {
    guard let section = model.ownRows else {
      base = model
      own = IndexedCorpus()
      return
    }
    guard section.count >= 8 else { throw .unusableBase("no base in section OWNR") }
    let length = UInt64(littleEndian: section.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(section.count - 8) else { throw .unusableBase("the base in section OWNR is cut short") }
    let end = 8 + Int(length)
    do throws(ModelError) {
      base = try LineClassifier(modelBytes: section[8..<end]).model
    } catch {
      throw .unusableBase("its base: \(error)")
    }
    do throws(PartError) {
      own = try PartCoding.read(UnsafeRawBufferPointer(rebasing: section[end...]))
    } catch {
      throw .unusableBase("its own rows: \(error)")
    }
    guard base.ownRows == nil, base.labels == model.labels,
      own.labels.labels.allSatisfy({ base.labels.index(of: $0) != nil })
    else { throw .unusableBase("section OWNR does not fit the model") }
  }

  /// Exchanges the rows.
  mutating func setOwn(_ corpus: IndexedCorpus) throws(Teacher.Failure) {
    own = corpus.collapsed()
    guard own.weight < FeatureCounts.rowLimit, own.pages.allSatisfy({ $0.copies <= IndexedCorpus.copyLimit }) else {
      throw .tooManyRows(count: own.weight, limit: FeatureCounts.rowLimit - 1)
    }
  }

  /// The model file.
  /// - Parameter isSealed: leave section `OWNR` out.
  func bytes(isSealed: Bool) throws(Teacher.Failure) -> [UInt8] {
    guard !own.pages.isEmpty else { return Array(base.bytes.bytes) }
    let vocabulary: Vocabulary
    do throws(ModelError) { vocabulary = try base.vocabulary() } catch { throw .unusableBase(error.description) }
    let corpus = try corpus(vocabulary)
    var counts = FeatureCounts(vocabulary, labelCount: base.labels.count, featureCount: corpus.index.count)
    counts.add(corpus)
    var chain = base.chainCounts
    for page in corpus.pages where !page.isPart { chain.add(corpus.states(of: page), times: page.copies) }
    let options = TrainingOptions(of: base.parameters, vocabulary)
    let features = FeatureSelection.features(of: corpus, counts, options)
    let assembly = ModelAssembly(
      corpus: corpus, counts: counts, features: features,
      // The base's features are the first.
      gains: features.map { $0 < vocabulary.features.count ? vocabulary.features[$0].gain : .none }, chain: chain,
      pool: PoolWeights(labelCount: base.labels.count), options: options,
      temperature: base.parameters.temperature, cleanThreshold: base.parameters.cleanThreshold, given: base.parameters,
      ownRows: isSealed ? [] : section)
    return assembly.bytes()
  }

  /// The rows' pages with the base's features before their own.
  private func corpus(_ vocabulary: Vocabulary) throws(Teacher.Failure) -> IndexedCorpus {
    guard vocabulary.isBelow(Self.countLimit) else { throw .unusableBase("its counts are too large to add to") }
    var corpus = IndexedCorpus()
    corpus.labels = base.labels
    for (number, feature) in vocabulary.features.enumerated() {
      let hash = FeatureHash.named(feature.name, in: feature.block)
      guard corpus.index.insert(hash, block: feature.block, name: { feature.name }) == number else {
        throw .unusableBase("two of its features cannot be told apart")
      }
    }
    var map = IndexedCorpus.FeatureMap(from: own, to: base.labels)
    for page in own.pages { corpus.append(page, of: own, &map) }
    if !base.parameters.usesForms { corpus.dropForms() }
    return corpus
  }

  /// Section `OWNR`.
  var section: [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt64(base.bytes.bytes.count))
    writer.append(contentsOf: base.bytes.bytes)
    writer.append(contentsOf: PartCoding.write(own))
    return writer.bytes
  }
}

extension TrainingOptions {
  /// The choices that a model records. It may keep as many features as it has, of the blocks that it has.
  init(of parameters: ModelParameters, _ vocabulary: Vocabulary) {
    self.init()
    smoothing = parameters.smoothing
    minimumPages = parameters.minimumPages
    chainSmoothing = parameters.chainSmoothing
    usesForms = parameters.usesForms
    featureLimit = max(featureLimit, vocabulary.features.count)
    for block in FeatureBlock.allCases where !vocabulary.features.contains(where: { $0.block == block }) {
      without.insert(block.name)
    }
  }
}

extension Vocabulary {
  /// Whether all counts are below a limit.
  fileprivate func isBelow(_ limit: Int) -> Bool {
    (lines + totals).allSatisfy { $0 < limit }
      && features.allSatisfy { $0.pages < limit && $0.counts.allSatisfy { $0.count < limit } }
  }
}

extension IndexedCorpus {
  /// In the order of ``merging(_:)``, without pages of no labelled line, and each page once with all its copies.
  func collapsed() -> IndexedCorpus {
    var corpus = self
    corpus.pages = pages.filter { page in lines[page.lines].contains { $0.label >= 0 } }
    corpus = Self.merging([corpus])
    var kept: [Page] = []
    var last: ArraySlice<UInt64> = []
    for page in corpus.pages {
      let content = corpus.content(of: page).dropLast()
      if content == last {
        kept[kept.count - 1].copies += page.copies
      } else {
        kept.append(page)
        last = content
      }
    }
    corpus.pages = kept
    // Once more, so that no lines are left that no page has.
    return Self.merging([corpus])
  }
}
