/// Reads pages without labels, to learn from.
enum UnlabelledInput {
  /// The texts of all files: a file is a page, or each line of JSON Lines is one, with a field `text`.
  static func read(_ files: [String]) throws(CommandError) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    for file in files {
      guard let descriptor = System.open(file) else { throw CommandError(.noInput, "\(file): \(System.reason)") }
      defer { System.close(descriptor) }
      let field = InputOptions.isJSONLines(file) ? InputOptions.defaultField : nil
      do throws(EitherFailure<CommandError>) {
        try LineInput(descriptor: descriptor).forEachPage(of: file, field: field) { (page) throws(CommandError) in
          texts.append(page.text)
        }
      } catch {
        switch error {
        case .reading(let reason): throw InputOptions.unreadable(file, reason)
        case .body(let failure): throw failure
        }
      }
    }
    return texts
  }
}
