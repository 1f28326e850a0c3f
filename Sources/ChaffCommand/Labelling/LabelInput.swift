/// Reads the pages that are to be labelled.
enum LabelInput {
  /// The pages of all files that have a line to label.
  static func read(_ options: InputOptions, _ context: CommandContext) throws(CommandError) -> [LabelPage] {
    var pages: [LabelPage] = []
    try options.forEachPage(context) { (page) throws(CommandError) in
      pages.append(LabelPage(name: page.place, text: page.text, classifier: options.classifier))
    }
    pages.removeAll { $0.rows.isEmpty }
    guard !pages.isEmpty else { throw CommandError(.badData, "no lines to label") }
    return pages
  }
}
