import ChaffTraining

extension CrossValidation {
  /// The folds and how far they lie apart, for a terminal.
  func text(_ style: TextStyle) -> String {
    var table = TextTable(["fold", "pages", "lines", "accuracy", "macro-F1", "kind accuracy"], style: style)
    for (number, fold) in folds.enumerated() {
      table.add([
        String(number + 1), DecimalText.grouped(fold.pages), DecimalText.grouped(fold.lines),
        DecimalText.fixed(fold.accuracy), DecimalText.fixed(fold.macroF1), DecimalText.fixed(fold.kindAccuracy),
      ])
    }
    for (name, value) in [
      ("mean", \Spread.mean), ("standard deviation", \.deviation), ("least", \.low), ("most", \.high),
    ] {
      table.add([name, "", ""] + spreads.map { DecimalText.fixed($0.spread?[keyPath: value]) })
    }
    return "\(folds.count) folds, seed \(seed); each judged by a model that was trained on the others\n" + table.text
  }

  private var spreads: [(name: String, spread: Spread?)] {
    [
      ("accuracy", Spread(folds.map(\.accuracy))), ("macro_f1", Spread(folds.map(\.macroF1))),
      ("kind_accuracy", Spread(folds.map(\.kindAccuracy))),
    ]
  }

  var json: JSONValue {
    .object([
      ("seed", .count(Int(seed))),
      (
        "folds",
        .list(
          folds.map { fold in
            .object([
              ("pages", .count(fold.pages)), ("lines", .count(fold.lines)), ("accuracy", .number(fold.accuracy)),
              ("macro_f1", .number(fold.macroF1)), ("kind_accuracy", .number(fold.kindAccuracy)),
            ])
          })
      ),
      (
        "spread",
        .object(
          spreads.map { name, spread in
            (
              name,
              .object([
                ("mean", .number(spread?.mean)), ("deviation", .number(spread?.deviation)),
                ("low", .number(spread?.low)), ("high", .number(spread?.high)),
              ])
            )
          })
      ),
    ])
  }
}
