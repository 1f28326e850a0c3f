import Chaff

extension IndexedCorpus {
  /// The whole pages, and of their lines' features those of a list, numbered by their places in it: what is read again
  /// and again after a model's features have been chosen.
  /// - Complexity: O(features of all lines).
  func wholePages(keeping kept: [Int]) -> IndexedCorpus {
    var numbers = [UInt32](repeating: .max, count: index.count)
    for (number, feature) in kept.enumerated() { numbers[feature] = UInt32(number) }
    var result = IndexedCorpus()
    result.labels = labels
    result.shapes = shapes
    result.index = index.keeping(kept)
    result.lines.reserveCapacity(lines.count)
    result.features.reserveCapacity(features.count)
    for page in pages where !page.isPart {
      let start = result.lines.count
      for number in page.lines {
        var line = lines[number]
        let first = result.features.count
        features.withUnsafeBufferPointer { features in
          for feature in features[line.features] {
            let number = numbers[Int(feature)]
            if number != .max {
              result.features.append(number)
            } else {
              line.leftOut[index.blocks[Int(feature)].rawValue] += 1
            }
          }
        }
        line.features = first..<result.features.count
        result.lines.append(line)
      }
      result.pages.append(Page(isPart: false, lines: start..<result.lines.count, copies: page.copies))
    }
    return result
  }
}
