import ChaffTraining

/// Opens the part files that a command line names.
enum PartInput {
  /// Whether a file begins like a part file; "standard" is a model.
  static func isPart(_ path: String) throws(CommandError) -> Bool {
    guard path != ModelFile.standard else { return false }
    guard let descriptor = System.open(path) else { throw CommandError(.noInput, "\(path): \(System.reason)") }
    defer { System.close(descriptor) }
    var start = [UInt8](repeating: 0, count: CountedPages.magic.count)
    let count = start.withUnsafeMutableBytes { System.read(descriptor, into: $0) }
    return count == start.count && start == CountedPages.magic
  }

  static func read(_ path: String) throws(CommandError) -> CountedPages {
    let bytes = try WholeFile.read(path, while: CountedPages.mayGoOn)
    do throws(PartError) {
      return try CountedPages(bytes: bytes)
    } catch {
      throw CommandError(.badData, "\(path): \(error)")
    }
  }
}
