import CLanes
import Chaff
import Testing

@testable import ChaffTraining

struct GainFitterTests {
  private func fit(
    _ pages: HeldOutPages, penalty: Double
  ) -> (gains: [FeatureGain], held: HeldOutScores, pool: PoolWeights) {
    var options = ToyModel.options
    options.gainPenalty = penalty
    var held = pages.held
    let pool = PoolWeights(labelCount: pages.corpus.labels.count)
    let gains = GainFitter(corpus: pages.corpus, folds: pages.folds, options: options).fit(&held, pool)
    return (gains, held, pool)
  }

  /// The mean log posterior of the gold categories on held-out pages.
  private func objective(_ pages: HeldOutPages, _ held: HeldOutScores, _ pool: PoolWeights) -> Double {
    var decoder = HeldOutDecoder(pages.corpus, held, pages.folds, pool)
    let categories = pages.corpus.labels.categoryOfLabel
    var sum = 0.0
    for (number, page) in pages.corpus.pages.enumerated() {
      decoder.decode(page: number)
      for (offset, line) in page.lines.enumerated() {
        let gold = categories[pages.corpus.lines[line].label]
        let posterior = categories.indices.reduce(Float(0)) {
          categories[$1] == gold ? $0 + decoder.posteriors[offset * held.groups + $1 / 16][$1 % 16] : $0
        }
        sum += Reproducible.log(Double(posterior))
      }
    }
    return sum / Double(pages.corpus.lines.count)
  }

  @Test func fittingClimbs() throws {
    let pages = HeldOutPages(try Toy.noisySites(), folds: 5)
    let before = objective(pages, pages.held, PoolWeights(labelCount: pages.corpus.labels.count))
    let (gains, held, pool) = fit(pages, penalty: 0.5)
    #expect(objective(pages, held, pool) > before + 0.001)
    #expect(gains.count == pages.corpus.index.count && Set(gains.map(\.steps)).count > 5)
  }

  @Test func penaltyKeepsGainsAsTheyAre() throws {
    let pages = HeldOutPages(try Toy.noisySites(), folds: 5)
    let (gains, held, _) = fit(pages, penalty: 1e9)
    #expect(gains.allSatisfy { $0 == .none })
    #expect(held.scores == pages.held.scores)
  }

  /// With more than sixteen labels too.
  @Test func manyLabels() throws {
    let rows = (0..<20).map { "kind\($0)/a\tword\($0) of page\n" }
    let text = (0..<9).map { page in rows.dropFirst(page).joined() }.joined(separator: "\n")
    let pages = HeldOutPages(try Toy.pages(text), folds: 3)
    let (gains, held, _) = fit(pages, penalty: 0.5)
    #expect(held.groups == 2)
    #expect(gains.contains { $0 != .none })
    #expect(held.scores != pages.held.scores)
  }

  /// What a line adds follows the formula, and has the same bits with the vectors of each processor.
  @Test(arguments: [1, 2]) func slopesAreThoseOfTheFormula(_ groups: Int) {
    var generator = SplitMix64(seed: 11)
    func vectors(_ count: Int, _ range: ClosedRange<Float>) -> [SIMD16<Float>] {
      (0..<count).map { _ in SIMD16((0..<16).map { _ in Float.random(in: range, using: &generator) }) }
    }
    let features = 40
    let rows = vectors(features * groups, -3...3)
    let weights = vectors(FeatureBlock.count * groups, 0...1)
    let blocks = (0..<features).map { _ in UInt8.random(in: 0..<UInt8(FeatureBlock.count), using: &generator) }
    let members = (0..<groups).map { group in SIMD16<Float>((0..<16).map { ($0 + group) % 3 == 0 ? 1 : 0 }) }
    var posteriors = vectors(groups, 0...1)
    let sum = posteriors.reduce(Float(0)) { $0 + $1.sum() }
    for group in posteriors.indices { posteriors[group] /= sum }
    let own: [UInt32] = (0..<UInt32(features)).filter { $0 % 3 != 1 }
    var found: [[chaff_gain_slope]] = []
    for bits in [128, 256, 512] as [Int32] {
      chaff_limit_vectors(bits)
      defer { chaff_limit_vectors(512) }
      for withCurvature in [0, 1] as [Int32] {
        var slopes = [chaff_gain_slope](repeating: chaff_gain_slope(), count: features)
        rows.withLanes { rows in
          weights.withLanes { weights in
            members.withLanes { members in
              posteriors.withLanes { posteriors in
                var line = chaff_gain_line(posteriors: posteriors, members: members, weights: weights, category: 0)
                chaff_add_gain_slopes(&line, rows, blocks, own, own.count, groups, withCurvature, &slopes)
              }
            }
          }
        }
        if withCurvature == 1 { found.append(slopes) } else { #expect(slopes.allSatisfy { $0.curvature == 0 }) }
        if let last = found.last { #expect(zip(slopes, last).allSatisfy { $0.slope == $1.slope }) }
      }
    }
    for slopes in found { #expect(zip(slopes, found[0]).allSatisfy { $0.curvature == $1.curvature }) }
    for feature in 0..<features {
      var (gold, category, slope, mean, square) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for lane in 0..<groups * 16 {
        let (group, lane) = (lane / 16, lane % 16)
        let posterior = Double(posteriors[group][lane])
        let said = Double(rows[feature * groups + group][lane] * weights[Int(blocks[feature]) * groups + group][lane])
        category += posterior * Double(members[group][lane])
        gold += posterior * Double(members[group][lane]) * said
        mean += posterior * said
        square += posterior * said * said
      }
      slope = gold / category - mean
      let isOnLine = own.contains(UInt32(feature))
      let unit = Double(1 << 24)
      #expect(abs(Double(found[0][feature].slope) / unit - (isOnLine ? slope : 0)) < 1e-4)
      #expect(abs(Double(found[0][feature].curvature) / unit - (isOnLine ? square - mean * mean : 0)) < 1e-4)
    }
  }
}
