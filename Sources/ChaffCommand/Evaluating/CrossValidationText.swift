import ChaffTraining

extension CrossValidation {
  /// The folds and how far they lie apart, for a terminal.
  func text(_ style: TextStyle) -> String {
    var table = TextTable(
      [
        ["fold", "pages", "lines", "accuracy", "macro-F1", "kind accuracy"], ["fold", "accuracy", "macro-F1", "kinds"],
      ],
      style: style)
    for (number, fold) in folds.enumerated() {
      let figures = [fold.accuracy, fold.macroF1, fold.kindAccuracy].map { DecimalText.fixed($0) }
      let name = String(number + 1)
      table.add([
        [name, DecimalText.grouped(fold.pages), DecimalText.grouped(fold.lines)] + figures, [name] + figures,
      ])
    }
    for (name, value) in [("mean", \Spread.mean), ("deviation", \.deviation), ("least", \.low), ("most", \.high)] {
      let figures = spreads.map { DecimalText.fixed($0.spread?[keyPath: value]) }
      table.add([[name, "", ""] + figures, [name] + figures])
    }
    let head = ["\(folds.count) folds, seed \(seed);", "each judged by a model", "that was trained on the others"]
    return style.wrapped(head, gap: " ", indent: 0).joined(separator: "\n") + "\n" + table.text
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
