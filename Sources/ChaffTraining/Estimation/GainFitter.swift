import CLanes
import Chaff

/// Fits the gains of features: how much the evidence of each counts.
///
/// The mean log posterior of the gold categories on held-out pages is climbed, as by ``PoolFitter``, but by a factor for
/// each feature: naive Bayes with the independence of features taken back in part, after weighted naive Bayes (Zhang & Sheng
/// 2004; Zaidi et al. 2013) and log-count ratios as features (Wang & Manning 2012). What a feature says of each label
/// stays what was counted. A gain is drawn to 1 by as much as some lines, so that rare features keep theirs.
///
/// Steps are Newton's for each gain by itself, shorter from one to the next, since the features of a line move together. Four
/// did as well as eight on held-out and on real pages. Sums are of whole numbers, so that the result is the same for any number of
/// threads.
struct GainFitter {
  let corpus: IndexedCorpus
  let folds: Folds
  let options: TrainingOptions

  private static let steps = 4
  /// What sums are in units of.
  private static let unit = 1 / Double(1 << 24)
  /// Pages that one thread decodes, one after the other.
  private static let pagesAtOnce = 64

  /// Fits the gains.
  /// - Parameters:
  ///   - held: the held-out scores; then those with the gains.
  ///   - pool: the weights that they are pooled by.
  /// - Returns: the gains of the corpus's features.
  /// - Complexity: O(features of all lines × labels × steps).
  func fit(_ held: inout HeldOutScores, _ pool: PoolWeights) -> [FeatureGain] {
    var gains = [Double](repeating: 1, count: corpus.index.count)
    var (last, lastValue) = (gains, -Double.infinity)
    var curvatures: [Double] = []
    for step in 0..<Self.steps {
      let sums = sums(held, pool, withCurvatures: step == 0)
      // They hardly change while gains do.
      if step == 0 { curvatures = sums.slopes.map { Double($0.curvature) * Self.unit } }
      let value = Double(sums.logs) * Self.unit - penalty(of: gains)
      if value < lastValue {
        // The step was too long, as may be where all lines are alike.
        for feature in gains.indices { gains[feature] = (gains[feature] + last[feature]) / 2 }
      } else {
        (last, lastValue) = (gains, value)
        let rate = 1 - Double(step) / Double(Self.steps)
        for feature in gains.indices {
          let climb = Double(sums.slopes[feature].slope) * Self.unit + options.gainPenalty * (1 - gains[feature])
          let change = rate * climb / (curvatures[feature] + options.gainPenalty)
          gains[feature] = max(0, min(FeatureGain.largest, gains[feature] + change))
        }
      }
      if step + 1 < Self.steps { held.score(corpus, folds, gains: gains.map(Float.init)) }
    }
    let rounded = gains.map(FeatureGain.init(nearest:))
    held.score(corpus, folds, gains: rounded.map { Float($0.factor) })
    return rounded
  }

  /// What draws gains to 1.
  private func penalty(of gains: [Double]) -> Double {
    options.gainPenalty / 2 * gains.reduce(0) { $0 + ($1 - 1) * ($1 - 1) }
  }

  /// The sum of the log posteriors of gold categories, how each gain wants to change and how fast that changes, all in
  /// ``unit``.
  private func sums(
    _ held: HeldOutScores, _ pool: PoolWeights, withCurvatures: Bool
  ) -> (logs: Int64, slopes: [chaff_gain_slope]) {
    let groups = held.groups
    let weights = pool.byLength(groups: groups)
    let members = corpus.labels.membersOfCategories(groups: groups)
    let empty = [chaff_gain_slope](repeating: chaff_gain_slope(), count: corpus.index.count)
    var workers = HeldOutDecoder.each(corpus, held, folds, pool).map {
      (decoder: $0, logs: Int64(0), slopes: empty)
    }
    _ = Parallel.inOrder(corpus.pages.indices, atOnce: Self.pagesAtOnce, &workers) { worker, pages in
      for number in pages {
        worker.decoder.decode(page: number)
        let page = corpus.pages[number]
        let scorer = held.scorers[folds.fold(ofPage: number)]
        var logs: Int64 = 0
        worker.slopes.withUnsafeMutableBufferPointer { slopes in
          worker.decoder.posteriors.withLanes { posteriors in
            weights.withLanes { weights in
              members.withLanes { members in
                guard let slopes = slopes.baseAddress else { return }
                for (offset, line) in page.lines.enumerated() where corpus.lines[line].label >= 0 {
                  let found = corpus.lines[line]
                  let category = corpus.labels.categoryOfLabel[found.label]
                  var own = chaff_gain_line(
                    posteriors: posteriors + offset * groups * 16, members: members + category * groups * 16,
                    weights: weights + found.lengthClass * FeatureBlock.count * groups * 16, category: 0)
                  scorer.add(&own, number: line, withCurvature: withCurvatures, to: slopes)
                  logs += Int64(Reproducible.log(Double(own.category)) / Self.unit)
                }
              }
            }
          }
        }
        worker.logs += logs
      }
    }
    var result = empty
    for slopes in workers.map({ $0.slopes }) {
      for feature in result.indices {
        result[feature].slope += slopes[feature].slope
        result[feature].curvature += slopes[feature].curvature
      }
    }
    return (workers.reduce(0) { $0 + $1.logs }, result)
  }
}

extension LabelSet {
  /// By category, 1 in the lanes of its labels: `categories × groups`.
  func membersOfCategories(groups: Int) -> [SIMD16<Float>] {
    categories.indices.flatMap { category in
      (0..<groups).map { group in
        var lanes = SIMD16<Float>(repeating: 0)
        for lane in 0..<min(16, count - group * 16) where categoryOfLabel[group * 16 + lane] == category {
          lanes[lane] = 1
        }
        return lanes
      }
    }
  }
}
