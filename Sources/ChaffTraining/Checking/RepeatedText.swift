import Chaff

/// Remembers texts, to find those that come again on another page.
struct RepeatedText {
  private struct Seen {
    var label: Label
    var place: String
    var page: Int
  }

  /// Whole texts, by the hashes of their words: the first place of each category.
  private var texts: [UInt64: [Seen]] = [:]
  /// Runs of ten words.
  private var runs: [UInt64: Seen] = [:]

  /// Adds a text, and says if it, or ten words of it, stood on an earlier page.
  mutating func add(_ text: [UInt8], _ label: Label, place: String, page: Int) -> CorpusCheck.Finding.Kind? {
    let words = words(of: text)
    guard words.count >= 4 else { return nil }
    let hash = words.reduce(UInt64(words.count)) { FeatureHash.mix($0 ^ $1) }
    let finding = whole(hash, words.count, label, page) ?? run(words, page)
    let seen = Seen(label: label, place: place, page: page)
    if !texts[hash, default: []].contains(where: { $0.label.category == label.category }) {
      texts[hash, default: []].append(seen)
    }
    for run in Self.runs(words) where runs[run] == nil { runs[run] = seen }
    return finding
  }

  private func whole(_ hash: UInt64, _ count: Int, _ label: Label, _ page: Int) -> CorpusCheck.Finding.Kind? {
    let known = texts[hash] ?? []
    // A fault before a note.
    let same = known.first { $0.label.category == label.category && $0.page != page }
    if let same, count >= CorpusCheck.fewestWords { return .duplicate(of: same.place) }
    let other = known.first { $0.label.category != label.category }
    return other.map { .conflict(with: $0.label, at: $0.place) }
  }

  private func run(_ words: [UInt64], _ page: Int) -> CorpusCheck.Finding.Kind? {
    for run in Self.runs(words) {
      if let seen = runs[run], seen.page != page { return .nearDuplicate(of: seen.place) }
    }
    return nil
  }

  private static func runs(_ words: [UInt64]) -> [UInt64] {
    guard words.count >= CorpusCheck.fewestWords else { return [] }
    return (0...words.count - CorpusCheck.fewestWords).map { start in
      words[start..<start + CorpusCheck.fewestWords].reduce(0) { FeatureHash.mix($0 &* 31 ^ $1) }
    }
  }

  /// The hashes of the words that classifying sees; numbers are their shape, so tables of figures are left out.
  private func words(of text: [UInt8]) -> [UInt64] {
    var sink = WordSink()
    _ = text.withUnsafeBufferPointer { LineScanner.scan($0, into: &sink) }
    return sink.words
  }
}

/// Gathers the words of a line, numbers left out.
private struct WordSink: FeatureSink {
  var words: [UInt64] = []
  private var isWord = false

  mutating func folded(_ byte: UInt8) { isWord = true }

  mutating func word(_ hash: UInt64) {
    if isWord { words.append(hash) }
    isWord = false
  }

  mutating func bigram(_ hash: UInt64) {}
  mutating func dropBigrams() {}
  mutating func pattern(_ hash: UInt64, name: () -> [UInt8]) {}
}
