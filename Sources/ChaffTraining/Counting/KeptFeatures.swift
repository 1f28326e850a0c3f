import CLanes
import Chaff

extension IndexedCorpus {
  /// The same without features that stand on fewer pages than a model of any such features asks for: three in four, which
  /// need not be counted by label. Lines know how many of each block they have lost.
  /// - Parameter minimum: how many pages, by block; labelled lines alone count.
  /// - Returns: it, and on how many pages each of its features stands.
  /// - Complexity: O(features of all lines).
  func withoutRareFeatures(minimum: [Int]) -> (corpus: IndexedCorpus, pages: [Int32]) {
    let pages = FeatureCounts.pages(of: self)
    let blocks = index.blockNumbers
    let kept = (0..<index.count).filter { Int(pages[$0]) >= minimum[Int(blocks[$0])] }
    return (keeping(kept), kept.map { pages[$0] })
  }

  /// The same with some of its features, numbered by their places in a list.
  private func keeping(_ kept: [Int]) -> IndexedCorpus {
    var result = self
    result.leftOutFeatures += index.count - kept.count
    result.longNames = Set(kept.indices.lazy.filter { longNames.contains(UInt32(kept[$0])) }.map { UInt32($0) })
    result.index = index.keeping(kept)
    (result.lines, result.features) = KeptFeatures(self, kept).lines([lines.indices])
    return result
  }

  /// The whole pages, and of their lines' features those of a list, numbered by their places in it: what is read again
  /// and again after a model's features have been chosen.
  /// - Complexity: O(features of all lines).
  func wholePages(keeping kept: [Int]) -> IndexedCorpus {
    var result = IndexedCorpus()
    result.labels = labels
    result.index = index.keeping(kept)
    let whole = pages.filter { !$0.isPart }
    (result.lines, result.features) = KeptFeatures(self, kept).lines(whole.map(\.lines))
    var start = 0
    for page in whole {
      result.pages.append(Page(isPart: false, lines: start..<start + page.lines.count, copies: page.copies))
      start += page.lines.count
    }
    return result
  }
}

/// Takes lines over with some of their features.
private struct KeptFeatures {
  private let corpus: IndexedCorpus
  /// What each feature is called henceforth, or the largest number.
  private let numbers: [UInt32]
  private let blocks: [UInt8]

  init(_ corpus: IndexedCorpus, _ kept: [Int]) {
    self.corpus = corpus
    var numbers = [UInt32](repeating: .max, count: corpus.index.count)
    for (number, feature) in kept.enumerated() { numbers[feature] = UInt32(number) }
    self.numbers = numbers
    blocks = corpus.index.blockNumbers
  }

  /// Some runs of lines, one after the other, and their features.
  func lines(_ runs: [Range<Int>]) -> (lines: [IndexedCorpus.Line], features: [UInt32]) {
    var lines: [IndexedCorpus.Line] = []
    lines.reserveCapacity(runs.reduce(0) { $0 + $1.count })
    for run in runs { lines.append(contentsOf: corpus.lines[run]) }
    let parts = Parallel.parts(of: lines.indices, perProcessor: 1)
    // Where the features of each part would begin if all were kept.
    var starts = [0]
    for part in parts { starts.append(lines[part].reduce(starts[starts.count - 1]) { $0 + $1.features.count }) }
    let features = lines.withUnsafeMutableBufferPointer { lines in
      // Safe: each part changes its own lines, and writes to its own place.
      nonisolated(unsafe) let lines = lines
      // Never without room: see ``Array/init(count:fill:)``.
      return [UInt32](unsafeUninitializedCapacity: max(1, starts[parts.count])) { features, count in
        nonisolated(unsafe) let features = features
        let counts = Parallel.map(parts.count) { keep(lines, parts[$0], to: features, from: starts[$0]) }
        for (part, own) in counts.enumerated() {
          if let base = features.baseAddress { (base + count).update(from: base + starts[part], count: own) }
          for line in parts[part] { lines[line].features = lines[line].features.moved(by: count - starts[part]) }
          count += own
        }
      }
    }
    return (lines, features)
  }

  /// Keeps the features of lines; returns how many.
  private func keep(
    _ lines: UnsafeMutableBufferPointer<IndexedCorpus.Line>, _ part: Range<Int>,
    to features: UnsafeMutableBufferPointer<UInt32>, from start: Int
  ) -> Int {
    var end = start
    corpus.features.withUnsafeBufferPointer { all in
      guard let from = all.baseAddress, let to = features.baseAddress else { return }
      for number in part {
        let old = lines[number].features
        let count = withUnsafeMutableBytes(of: &lines[number].leftOut) { leftOut in
          chaff_keep_features(
            from + old.lowerBound, old.count, numbers, blocks, to + end,
            leftOut.assumingMemoryBound(to: UInt32.self).baseAddress)
        }
        lines[number].features = end..<end + count
        end += count
      }
    }
    return end - start
  }
}

extension Range<Int> {
  fileprivate func moved(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}
