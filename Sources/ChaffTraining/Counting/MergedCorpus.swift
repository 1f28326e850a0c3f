import Chaff

extension IndexedCorpus {
  /// All pages of some corpora, in the order that follows from their content.
  ///
  /// The pages come by a hash of their labels and texts, and features are numbered in the order in which those pages
  /// hold them, and named. So the result is the same for any split of the pages into corpora and any order of these.
  /// - Complexity: O(pages × log pages + features of all lines).
  static func merging(_ corpora: [IndexedCorpus]) -> IndexedCorpus {
    let corpora = corpora.map { $0.named() }
    var merged = IndexedCorpus()
    merged.reserve(corpora)
    merged.labels = LabelSet(corpora.lazy.flatMap(\.usedLabels))
    var maps = corpora.map { FeatureMap(from: $0, to: merged.labels) }
    for place in places(corpora) {
      merged.append(place.page, of: corpora[place.corpus], &maps[place.corpus])
    }
    return merged
  }

  /// Makes room for all that corpora hold.
  private mutating func reserve(_ corpora: [IndexedCorpus]) {
    func sum(_ count: (IndexedCorpus) -> Int) -> Int { corpora.reduce(0) { $0 + count($1) } }
    index = FeatureIndex(capacity: sum(\.index.count))
    features.reserveCapacity(sum(\.features.count))
    lines.reserveCapacity(sum(\.lines.count))
  }

  /// How one corpus's numbers become the merged one's.
  struct FeatureMap {
    let labels: [Int]
    private(set) var features: [UInt32]
    private static let unmet = UInt32.max

    init(from corpus: IndexedCorpus, to merged: LabelSet) {
      labels = corpus.labels.labels.map { merged.index(of: $0) ?? -1 }
      features = Array(repeating: Self.unmet, count: corpus.index.count)
    }

    /// Appends the merged numbers of a line's features.
    @inline(__always)
    mutating func append(
      _ line: Slice<UnsafeBufferPointer<UInt32>>, from index: FeatureIndex, to features: inout [UInt32],
      _ merged: inout FeatureIndex
    ) {
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: line.count) { unmet in
        var count = 0
        for number in line where self.features[Int(number)] == Self.unmet {
          unmet[count] = index.hashes[Int(number)]
          count += 1
        }
        merged.fetch(UnsafeBufferPointer(rebasing: unmet[..<count]))
      }
      for number in line {
        let number = Int(number)
        if self.features[number] == Self.unmet { self.features[number] = merged.insert(number, of: index) }
        features.append(self.features[number])
      }
    }
  }

  /// Adds a page of another corpus.
  mutating func append(_ page: Page, of corpus: IndexedCorpus, _ map: inout FeatureMap) {
    let start = lines.count
    for number in page.lines {
      var line = corpus.lines[number]
      let first = features.count
      corpus.features.withUnsafeBufferPointer {
        map.append($0[line.features], from: corpus.index, to: &features, &index)
      }
      if line.label >= 0 { line.label = map.labels[line.label] }
      line.features = first..<features.count
      lines.append(line)
    }
    pages.append(Page(isPart: page.isPart, lines: start..<lines.count, copies: page.copies))
  }

  /// The labels that a line has.
  var usedLabels: [Label] {
    var isUsed = [Bool](repeating: false, count: labels.count)
    for line in lines where line.label >= 0 { isUsed[line.label] = true }
    return labels.labels.indices.filter { isUsed[$0] }.map { labels.labels[$0] }
  }

  // MARK: Order

  /// The pages of some corpora in order.
  static func places(_ corpora: [IndexedCorpus]) -> [(corpus: Int, page: Page, key: UInt64)] {
    var places: [(corpus: Int, page: Page, key: UInt64)] = []
    for (number, corpus) in corpora.enumerated() {
      let names = corpus.labelKeys
      for page in corpus.pages { places.append((number, page, corpus.key(of: page, names))) }
    }
    return places.sorted { left, right in
      guard left.key == right.key else { return left.key < right.key }
      // Hardly ever anything but the same page twice.
      return corpora[left.corpus].content(of: left.page)
        .lexicographicallyPrecedes(corpora[right.corpus].content(of: right.page))
    }
  }

  /// A number for each label that follows from its path alone.
  var labelKeys: [UInt64] { labels.labels.map { WordHasher.hash(of: $0.path.utf8) } }

  /// A hash of a page's labels and texts. Whether it is a part does not count, since parts alone are whole pages.
  func key(of page: Page, _ labelKeys: [UInt64]) -> UInt64 {
    lines[page.lines].reduce(0) { key, line in
      FeatureHash.mix(FeatureHash.mix(key ^ (line.label < 0 ? 0 : labelKeys[line.label])) ^ line.text)
    }
  }

  /// All that training reads of a page, in numbers that are the same in every corpus, the copies last: pages whose
  /// content is the same may change places.
  func content(of page: Page) -> [UInt64] {
    let labelKeys = labelKeys
    var content: [UInt64] = [page.isPart ? 1 : 0]
    for line in lines[page.lines] {
      content.append(line.text)
      content.append(line.label < 0 ? 0 : labelKeys[line.label])
      content.append(contentsOf: [line.lengthClass, line.form, line.words].map { UInt64($0) })
      content.append(contentsOf: features[line.features].map { index.hashes[Int($0)] })
    }
    return content + [UInt64(page.copies)]
  }
}
