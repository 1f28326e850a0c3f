import Chaff
import ChaffTraining

/// An evaluation as one JSON object: schema 1, which `Tests/Schemas/evaluate.schema.json` describes member by member.
///
/// Members are only ever added within a schema. Undefined figures are null, intervals `[low, high]`.
struct EvaluationJSON {
  static let schema = 1
  /// Points of a curve at most; the ends are among them.
  static let curvePoints = 200

  let figures: EvaluationFigures
  var errors: ShownErrors?
  var crossValidation: CrossValidation?
  var comparison: ComparisonReport?
  var goals: [(ThresholdGoal, PrecisionRecallCurve, PrecisionRecallCurve.Point?)] = []

  private var labels: LabelSet { figures.evaluation.labels }

  var value: JSONValue {
    let evaluation = figures.evaluation
    var members: [(String, JSONValue)] = [
      ("schema", .count(Self.schema)), ("lines", .count(evaluation.categories.total)),
      ("pages", .count(evaluation.pages.count)), ("sites", .count(figures.units)),
      ("bootstrap", .object([("resamples", .count(Bootstrap.resamples)), ("seed", .count(Int(figures.seed)))])),
      ("categories", matrix(figures.categories)), ("kinds", matrix(figures.kinds)),
      ("curves", byCategory(curve)), ("calibration", calibration), ("clean", clean),
    ]
    if !goals.isEmpty { members.append(("thresholds", .list(goals.map(goal)))) }
    if let errors { members.append(("errors", errors.json)) }
    if let crossValidation { members.append(("cross_validation", crossValidation.json)) }
    if let comparison { members.append(("comparison", comparison.json)) }
    return .object(members)
  }

  private func byCategory(_ value: (Int) -> JSONValue) -> JSONValue {
    .object(labels.categories.enumerated().map { ($1, value($0)) })
  }

  private func pair(_ name: String, _ figure: Figure) -> [(String, JSONValue)] {
    [(name, .number(figure.value)), (name + "_interval", figure.interval.json)]
  }

  private func matrix(_ matrix: MatrixFigures) -> JSONValue {
    let count = matrix.matrix.classes.count
    let classes = matrix.rows.map { row in
      (
        row.name,
        JSONValue.object(
          pair("precision", row.precision) + pair("recall", row.recall) + pair("f1", row.f1)
            + [("support", .count(row.support)), ("predicted", .count(row.predicted))])
      )
    }
    let rows = (0..<count).map { gold in
      JSONValue.list((0..<count).map { .count(matrix.matrix.counts[gold * count + $0]) })
    }
    return .object(
      pair("accuracy", matrix.accuracy) + pair("macro_precision", matrix.macroPrecision)
        + pair("macro_recall", matrix.macroRecall) + pair("macro_f1", matrix.macroF1)
        + [("classes", .object(classes)), ("confusion", .list(rows))])
  }

  private func point(_ point: PrecisionRecallCurve.Point?, _ curve: PrecisionRecallCurve) -> JSONValue {
    guard let point else { return .null }
    return .object(
      [("threshold", .number(point.threshold))] + pair("precision", .proportion(point.correct, of: point.taken))
        + pair("recall", .proportion(point.correct, of: curve.support)))
  }

  private func curve(_ category: Int) -> JSONValue {
    let curve = figures.curves[category]
    func levels(_ reach: (Double) -> PrecisionRecallCurve.Point?) -> JSONValue {
      .object(["0.5", "0.8", "0.9", "0.95", "0.99"].map { ($0, point(Double($0).flatMap(reach), curve)) })
    }
    return .object(
      pair("average_precision", figures.averagePrecision[category]) + [
        ("support", .count(curve.support)), ("at_recall", levels { curve.reaching(recall: $0) }),
        ("at_precision", levels { curve.reaching(precision: $0) }),
        ("points", .list(curve.thinned(to: Self.curvePoints).map { point($0, curve) })),
      ])
  }

  private func goal(_ goal: (ThresholdGoal, PrecisionRecallCurve, PrecisionRecallCurve.Point?)) -> JSONValue {
    .object([
      ("category", .text(goal.0.category)), ("figure", .text(goal.0.figure.rawValue)),
      ("wanted", .number(goal.0.value)), ("point", point(goal.2, goal.1)),
    ])
  }

  private var calibration: JSONValue {
    let calibration = figures.calibration
    return .object(
      pair("expected_error", calibration.expectedError) + pair("brier_score", calibration.brierScore)
        + pair("log_loss", calibration.logLoss) + [
          ("bins", bins(calibration.confidence)),
          (
            "categories",
            byCategory { category in
              .object(
                pair("expected_error", calibration.expectedErrors[category])
                  + pair("brier_score", calibration.brierScores[category])
                  + [("bins", bins(calibration.categories[category]))])
            }
          ),
        ])
  }

  private func bins(_ calibration: Calibration) -> JSONValue {
    .list(
      calibration.bins.map { bin in
        .object([
          ("low", .number(bin.low)), ("high", .number(bin.high)), ("lines", .count(bin.lines)),
          ("probability", .number(bin.meanProbability)), ("share", .number(bin.share)),
          ("share_interval", Interval.wilson(successes: bin.hits, trials: bin.lines).json),
        ])
      })
  }

  private var clean: JSONValue {
    guard let tradeOff = figures.tradeOff else { return .null }
    func point(_ point: CleanTradeOff.Point) -> [(String, JSONValue)] {
      [
        ("threshold", .number(point.threshold)), ("words_lost", .number(tradeOff.lost(point))),
        ("nags_removed", .number(tradeOff.nagShare(point))), ("chaff_removed", .number(tradeOff.chaffShare(point))),
      ]
    }
    let named = figures.cleaning.map { row in
      (
        row.name,
        JSONValue.object(
          [("threshold", .number(row.threshold))] + pair("words_lost", row.wordsLost)
            + pair("nags_removed", row.nagsRemoved) + pair("chaff_removed", row.chaffRemoved))
      )
    }
    return .object([
      ("words", .count(tradeOff.words)), ("nags", .count(tradeOff.nags)), ("chaff", .count(tradeOff.chaff)),
      ("at", .object(named)), ("points", .list(tradeOff.thinned(to: Self.curvePoints).map { .object(point($0)) })),
    ])
  }
}
