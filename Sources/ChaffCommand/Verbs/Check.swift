import Chaff
import ChaffTraining

/// `chaff check`: faults of labelled data, before it is trained on.
enum Check: Verb {
  static let specification = CommandSpecification(
    verb: "check",
    overview: """
      Look labelled data over before training on it.

      Faults end with 65: rows that cannot be read, unknown labels, texts of ten words or more that stand on two pages, \
      rows too long to be lines. Notes want a look: the same text under two categories, pages without an article. Last \
      comes each label's share of the whole pages, beside its share of real pages where it is known.
      """,
    argumentUsage: "DATA…",
    argumentHelp: [
      ("DATA", "Files, or folders of files: labelled pages (.tsv), JSON Lines (.jsonl) or fastText (.fasttext).")
    ],
    argumentCount: 1...Int.max,
    options: [
      .init("any-label", help: "Accept labels other than the standard ones."),
      .init("notes", help: "Show notes too, not only how many there are."),
      TextStyle.option,
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    let style = try TextStyle(arguments, context)
    let pages = try LabelledInput.read(arguments.arguments)
    let labels = arguments.has("any-label") ? nil : Set(NaturalShares.shares.compactMap { Label($0.label) })
    let check = CorpusCheck(pages, labels: labels)
    let faults = check.findings.filter(\.isFault)
    let notes = check.findings.filter { !$0.isFault }
    for finding in faults { context.say("\(finding.place): \(finding.message)") }
    if arguments.has("notes") {
      for finding in notes { try context.print("\(finding.place): note: \(finding.message)\n") }
    }
    try context.print(summary(pages, check, faults: faults.count, notes: notes.count, style))
    if !faults.isEmpty { throw CommandError(.badData, nil) }
  }

  private static func summary(
    _ pages: [LabelledPage], _ check: CorpusCheck, faults: Int, notes: Int, _ style: TextStyle
  ) -> String {
    let parts = pages.filter(\.isPart).count
    let head = [
      "\(DecimalText.grouped(pages.count - parts)) pages and \(DecimalText.grouped(parts)) parts,",
      "\(DecimalText.grouped(check.rows.reduce(0) { $0 + $1.all })) rows,", "\(DecimalText.grouped(faults)) faults,",
      "\(DecimalText.grouped(notes)) notes",
    ]
    return style.wrapped(head, gap: " ", indent: 0).joined(separator: "\n") + "\n\n" + shares(check, style)
  }

  /// Each label's rows, and its share of the lines of whole pages.
  private static func shares(_ check: CorpusCheck, _ style: TextStyle) -> String {
    let whole = check.rows.reduce(0) { $0 + $1.whole }
    let labels = LabelSet(check.rows.map(\.label))
    let palette = Palette(categories: labels.categories)
    var table = TextTable(
      [
        ["label", "rows", "on whole pages", "share", "share of real pages"],
        ["label", "rows", "on whole pages", "share", "real"], ["label", "rows", "share"],
      ], style: style)
    for (index, row) in check.rows.enumerated() {
      let share = FigureText.percent(whole == 0 ? nil : Double(row.whole) / Double(whole))
      let real = NaturalShares.shares.first { $0.label == row.label.path }.map { FigureText.percent($0.percent / 100) }
      let (name, rows) = (row.label.path, DecimalText.grouped(row.all))
      let full = [name, rows, DecimalText.grouped(row.whole), share, real ?? ""]
      table.add([full, full, [name, rows, share]], code: palette[labels.categoryOfLabel[index]].terminal)
    }
    return table.text
  }
}

/// The standard labels and their shares of lines on real pages, in percent.
enum NaturalShares {
  /// Measured on 10,713 lines of 125 English pages of as many sites.
  static let shares: [(label: String, percent: Double)] = [
    ("content/body", 19.8), ("content/byline", 2.3), ("content/caption", 0.5), ("content/headline", 3.7),
    ("donation/appeal", 0.5), ("navigation/advert", 2.2), ("navigation/comments", 1.8), ("navigation/legal", 2.2),
    ("navigation/menu", 38.9), ("navigation/related", 18.7), ("navigation/share", 5.0),
    ("registration/newsletter", 1.5), ("registration/paywall", 2.9),
  ]
}
