import Chaff
import ChaffTraining

/// `chaff count`: labelled pages in, a part file out, to be merged with others.
enum Count: Verb {
  static let specification = CommandSpecification(
    verb: "count",
    overview: """
      Count labelled pages, to merge with others counted elsewhere.

      A part file holds what training needs of the pages: labels, features and their names. 'merge' makes \
      a model of any number of them: the same bytes as one 'train' over all pages, however they were split.
      """,
    argumentUsage: "DATA…",
    argumentHelp: [
      ("DATA", "Files, or folders of files, as for 'train'; - is standard input, rows or JSON Lines.")
    ],
    argumentCount: 1...Int.max,
    options: [.init("output", value: "PART", help: "Where to write the part file; - is standard output. Needed.")])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    guard let output = arguments.value("output") else { throw .usage("count: --output PART is needed") }
    if output != "-" { try AtomicFile.check(output) }
    let pages = try LabelledInput.read(arguments.arguments)
    var bar = ProgressBar(isShown: context.isMessageTerminal)
    let counted = CountedPages(pages) { bar.show($0) }
    bar.clear()
    try PartOutput.write(counted, to: output, context)
  }
}

/// Writes counted pages.
enum PartOutput {
  /// Writes a part file and says what is in it; to standard output, the bytes alone.
  static func write(_ counted: CountedPages, to output: String, _ context: CommandContext) throws(CommandError) {
    let bytes = counted.bytes
    guard output != "-" else {
      context.output.pending.append(contentsOf: bytes)
      do throws(OutputStream.Failure) { try context.output.flush() } catch { throw .writing(error) }
      return
    }
    try AtomicFile.write(bytes, to: output)
    try context.print(
      """
      pages     \(DecimalText.grouped(counted.pages)) and \(DecimalText.grouped(counted.parts)) parts
      rows      \(DecimalText.grouped(counted.rows))
      labels    \(counted.labels)
      features  \(DecimalText.grouped(counted.features))
      part      \(output), \(DecimalText.size(bytes.count))

      """)
  }
}
