import ChaffTraining

/// Labelled pages from the command line's files and folders.
enum LabelledInput {
  static func read(_ paths: [String]) throws(CommandError) -> [LabelledPage] {
    do throws(CorpusReader.Failure) {
      return try CorpusReader.read(paths)
    } catch {
      switch error {
      case .unreadable, .emptyFolder: throw CommandError(.noInput, error.description)
      case .corpus: throw CommandError(.badData, error.description)
      }
    }
  }
}
