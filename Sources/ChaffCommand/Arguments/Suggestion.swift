/// Finds the word that was probably meant.
enum Suggestion {
  /// The nearest of the words by edit distance, if it is near enough to have been meant.
  static func nearest(to word: String, among words: [String]) -> String? {
    let ranked = words.map { (distance(Array(word.utf8), Array($0.utf8)), $0) }
    guard let best = ranked.min(by: { $0.0 < $1.0 }), best.0 <= max(1, best.1.utf8.count / 3) else { return nil }
    return best.1
  }

  /// Levenshtein's distance, with neighbours swapped as one edit (optimal string alignment).
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var older: [Int] = []
    var old = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var row = [i + 1]
      for (j, b) in right.enumerated() {
        var best = min(old[j] + (a == b ? 0 : 1), row[j] + 1, old[j + 1] + 1)
        if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { best = min(best, older[j - 1] + 1) }
        row.append(best)
      }
      (older, old) = (old, row)
    }
    return old[right.count]
  }
}
