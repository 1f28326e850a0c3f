/// The most probable sequence of labels (Viterbi 1967).
package enum Viterbi {
  /// Decodes a whole page.
  ///
  /// - Parameter lines: likelihoods and forms of all its lines.
  /// - Returns: a label for each line; of equally probable paths, the one with the lower labels.
  /// - Complexity: O(lines × labels²) time, O(lines × labels) memory.
  package static func decode(_ lines: LineEvidence, chain: Chain) -> [Int] {
    guard lines.count > 0 else { return [] }
    let labels = chain.labelCount
    func log(_ probability: Float) -> Double {
      probability > 0 ? Reproducible.log(Double(probability)) : -1e9
    }
    func emission(_ line: Int, _ label: Int) -> Double {
      log(lines.likelihoods[line * chain.groups + label / 16][label % 16])
    }
    var score = (0..<labels).map { label in
      log(chain.initial[Int(lines.forms[0]) * chain.groups + label / 16][label % 16]) + emission(0, label)
    }
    var origins: [[Int]] = []
    for line in 1..<max(1, lines.count) {
      let (from, to) = (Int(lines.forms[line - 1]), Int(lines.forms[line]))
      var next: [Double] = []
      var origin: [Int] = []
      for label in 0..<labels {
        var best = (score: -Double.infinity, label: 0)
        for before in 0..<labels {
          let candidate = score[before] + log(chain.probability(from: (before, from), to: (label, to)))
          if candidate > best.score { best = (candidate, before) }
        }
        next.append(best.score + emission(line, label))
        origin.append(best.label)
      }
      score = next
      origins.append(origin)
    }
    for label in 0..<labels { score[label] += log(chain.final[label / 16][label % 16]) }
    var label = (0..<labels).reduce(0) { score[$1] > score[$0] ? $1 : $0 }
    var path = [label]
    for origin in origins.reversed() {
      label = origin[label]
      path.append(label)
    }
    return path.reversed()
  }
}
