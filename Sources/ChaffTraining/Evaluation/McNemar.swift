import Chaff

/// McNemar's exact test of two models on the same lines (McNemar 1947; the binomial form of Liddell 1983).
///
/// Lines of one page are not independent, so its p-value is too small on few pages; the bootstrap over pages is not.
package struct McNemar: Sendable, Equatable {
  /// Lines that the first model alone has right.
  package var firstOnly = 0
  /// Lines that the second model alone has right.
  package var secondOnly = 0

  package init(firstOnly: Int = 0, secondOnly: Int = 0) {
    self.firstOnly = firstOnly
    self.secondOnly = secondOnly
  }

  package mutating func add(first: Bool, second: Bool) {
    if first && !second { firstOnly += 1 }
    if second && !first { secondOnly += 1 }
  }

  /// The probability of a split as uneven or more, were both equally good: twice the smaller tail of Bin(n, ½).
  /// - Complexity: O(lines on which they differ).
  package var pValue: Double {
    let n = firstOnly + secondOnly
    guard n > 0 else { return 1 }
    var logTerm = -Double(n) * Reproducible.log(2)
    var tail = Reproducible.exp(logTerm)
    for k in 0..<min(firstOnly, secondOnly) {
      logTerm += Reproducible.log(Double(n - k)) - Reproducible.log(Double(k + 1))
      tail += Reproducible.exp(logTerm)
    }
    return min(1, 2 * tail)
  }
}
