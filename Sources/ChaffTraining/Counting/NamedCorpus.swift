import Chaff

/// The names of features. A model has names of few of the features that are met, so none are kept while lines are counted:
/// they are found again, in the text of the first line that a feature stands on.
extension IndexedCorpus {
  /// The same with the names of all features.
  /// - Complexity: O(bytes + features of all lines).
  func named() -> IndexedCorpus {
    guard !index.isNamed else { return self }
    var named = self
    named.index.name(names(of: Array(0..<index.count)))
    named.texts = LineTexts()
    return named
  }

  /// Whether a feature's name is too long for a model.
  func hasLongName(_ feature: Int) -> Bool {
    index.isNamed
      ? index.names.length(feature) > Vocabulary.longestName
      : !longNames.isEmpty && longNames.contains(UInt32(feature))
  }

  /// The names of some features, in their order.
  /// - Complexity: O(bytes of the lines that they are found on + features of all lines).
  func names(of wanted: [Int]) -> NameList {
    var names = NameList()
    guard !index.isNamed else {
      for feature in wanted { names.append { index.names.append(feature, to: &$0) } }
      return names
    }
    let (firstLines, found) = firstLines(of: wanted)
    let parts = Parallel.inOrder(found.indices, atOnce: 1024) { part in
      var finder = NameFinder(corpus: self, firstLines: firstLines)
      for line in found[part] { finder.read(line) }
      return (features: finder.features, names: finder.names)
    }
    // In which part a name is, and where there.
    var sources = [(part: UInt32, number: UInt32)](repeating: (0, 0), count: index.count)
    for (part, found) in parts.enumerated() {
      for (number, feature) in found.features.enumerated() { sources[feature] = (UInt32(part), UInt32(number)) }
    }
    for feature in wanted {
      let (part, number) = sources[feature]
      names.append { parts[Int(part)].names.append(Int(number), to: &$0) }
    }
    return names
  }

  /// The first line of each feature that is wanted, and these lines, ascending.
  private func firstLines(of wanted: [Int]) -> (ofFeatures: [UInt32], lines: [Int]) {
    let unwanted = UInt32.max
    let unmet = UInt32.max - 1
    var firstLines = [UInt32](repeating: unwanted, count: index.count)
    for feature in wanted { firstLines[feature] = unmet }
    var found: [Int] = []
    features.withUnsafeBufferPointer { features in
      for number in lines.indices {
        var isFirst = false
        for feature in features[lines[number].features] where firstLines[Int(feature)] == unmet {
          firstLines[Int(feature)] = UInt32(number)
          isFirst = true
        }
        if isFirst { found.append(number) }
      }
    }
    return (firstLines, found)
  }
}

/// Finds names on the lines where features are met first.
private struct NameFinder {
  let corpus: IndexedCorpus
  let firstLines: [UInt32]
  private let recorded = RecordedLine()
  /// The features that were found, and their names.
  private(set) var features: [Int] = []
  private(set) var names = NameList()
  private var line = 0
  /// Which of the line's features comes next.
  private var next = 0

  init(corpus: IndexedCorpus, firstLines: [UInt32]) {
    self.corpus = corpus
    self.firstLines = firstLines
  }

  /// Reads a line once more.
  mutating func read(_ line: Int) {
    (self.line, next) = (line, corpus.lines[line].features.lowerBound)
    let recorded = recorded
    corpus.texts.withLine(line) { text in
      _ = recorded.read(text) { take(recorded.words) { recorded.appendName(ofWord: $0, to: &$1) } }
    }
    recorded.patterns.withUnsafeBufferPointer { take($0) { recorded.appendName(ofPattern: $0, to: &$1) } }
    take(recorded.bigrams) { recorded.appendName(ofBigram: $0, to: &$1) }
  }

  /// The features of the line come in the order in which they were numbered; what is not the next one comes again.
  private mutating func take(_ hashes: UnsafeBufferPointer<UInt64>, _ name: (Int, inout [UInt8]) -> Void) {
    let end = corpus.lines[line].features.upperBound
    for number in hashes.indices where next < end {
      let feature = Int(corpus.features[next])
      guard corpus.index.hashes[feature] == hashes[number] else { continue }
      next += 1
      guard firstLines[feature] == UInt32(line) else { continue }
      features.append(feature)
      names.append { name(number, &$0) }
    }
  }
}
