import Chaff

/// `chaff classify`: a label and a probability for each line.
enum Classify: Verb {
  private static let formats = ["auto", "tsv", "jsonl", "html"]

  static let specification = CommandSpecification(
    verb: "classify",
    overview: """
      Tell for each line whether it is the article or what publishers hang around it.

      A file, or standard input, is a page; each of its lines is a row of the output. With JSON Lines each object is a \
      page and comes out with a member "chaff".
      """,
    argumentUsage: "[FILE…]",
    argumentHelp: [("FILE", "Pages as plain text or JSON Lines; - is standard input. (default: -)")],
    argumentCount: 0...Int.max,
    options: InputOptions.specifications + [
      .init(
        "format", value: "FORMAT",
        help:
          "auto, tsv, jsonl or html. auto is colour on a terminal, JSON Lines for JSON Lines, else tsv: label, probability and text with tabs between. jsonl makes an object of each page of plain text. (default: auto)"
      ),
      .init(
        "reasons", value: "N",
        help:
          "Add the N strongest reasons for each label against the runner-up, with their nats. A page is then held in memory as a whole. (default: 0)"
      ),
      TextStyle.option,
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    let format = try arguments.choice("format", of: formats, default: "auto")
    let options = try InputOptions(arguments)
    let labels = options.classifier.model.labels
    let hasJSON = options.files.contains { options.isJSON($0) }
    if hasJSON && (format == "tsv" || format == "html") {
      throw .usage("--format \(format) cannot show JSON Lines; use --format jsonl")
    }
    let reasons = try arguments.integer("reasons", in: 0...1000) ?? 0
    let style = try TextStyle(arguments, context)
    let isForPeople = format == "auto" && (context.isTerminal || style.isColoured)
    if isForPeople {
      let writer = ColourWriter(labels: labels, style: style, columns: context.terminalWidth)
      try run(options, writer, reasons, asJSON: false, context)
    } else if format == "html" {
      try run(options, HTMLWriter(labels: labels), reasons, asJSON: false, context)
    } else {
      try run(options, TSVWriter(labels: labels), reasons, asJSON: format == "jsonl", context)
    }
  }

  private static func run(
    _ options: InputOptions, _ writer: some RowWriter, _ reasons: Int, asJSON: Bool, _ context: CommandContext
  ) throws(CommandError) {
    guard reasons > 0 else { return try options.run(writer, json: .classify, asJSON: asJSON, context) }
    var pages = ReasonedPages(options, writer, count: reasons, context)
    try pages.run(asJSON: asJSON)
  }
}
