/// The most probable sequence of places, and so of labels (Viterbi 1967).
package enum Viterbi {
  /// Decodes a whole page.
  ///
  /// - Parameter lines: likelihoods and forms of all its lines.
  /// - Returns: a label for each line; of equally probable paths, the one with the lower places.
  /// - Complexity: O(lines × labels²) time, O(lines × labels) memory.
  package static func decode(_ lines: LineEvidence, chain: Chain) -> [Int] {
    guard lines.count > 0 else { return [] }
    let places = chain.places
    let origins = places.map { chain.origins(of: $0) }
    func log(_ probability: Float) -> Double {
      probability > 0 ? Reproducible.log(Double(probability)) : -1e9
    }
    func emission(_ line: Int, _ place: Int) -> Double {
      let label = place % chain.labelCount
      return log(lines.likelihoods[line * chain.groups + label / 16][label % 16])
    }
    // By place.
    var score = [Double](repeating: -.infinity, count: chain.phases.placeCount)
    for place in places {
      score[place] = log(chain.initial(place: place, form: Int(lines.forms[0]))) + emission(0, place)
    }
    var bestOrigins: [[Int]] = []
    for line in 1..<max(1, lines.count) {
      let (from, to) = (Int(lines.forms[line - 1]), Int(lines.forms[line]))
      var next = [Double](repeating: -.infinity, count: score.count)
      var origin = [Int](repeating: 0, count: score.count)
      for (place, origins) in zip(places, origins) {
        var best = (score: -Double.infinity, place: 0)
        for before in origins {
          let candidate = score[before] + log(chain.probability(from: (before, from), to: (place, to)))
          if candidate > best.score { best = (candidate, before) }
        }
        next[place] = best.score + emission(line, place)
        origin[place] = best.place
      }
      score = next
      bestOrigins.append(origin)
    }
    for place in places { score[place] += log(chain.final(place: place)) }
    var place = places.reduce(places[0]) { score[$1] > score[$0] ? $1 : $0 }
    var path = [place % chain.labelCount]
    for origin in bestOrigins.reversed() {
      place = origin[place]
      path.append(place % chain.labelCount)
    }
    return path.reversed()
  }
}
