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
      )
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    let format = try arguments.choice("format", of: formats, default: "auto")
    let options = try InputOptions(arguments)
    let labels = options.classifier.model.labels
    let hasJSON = options.files.contains { options.isJSON($0) }
    if hasJSON && (format == "tsv" || format == "html") {
      throw .usage("--format \(format) cannot show JSON Lines; use --format jsonl")
    }
    let isColoured = format == "auto" && context.isTerminal && !context.wantsNoColour
    if isColoured {
      try options.run(ColourWriter(labels: labels), json: .classify, context)
    } else if format == "html" {
      try options.run(HTMLWriter(labels: labels), json: .classify, context)
    } else {
      try options.run(TSVWriter(labels: labels), json: .classify, asJSON: format == "jsonl", context)
    }
  }
}
