import ChaffTraining
import Foundation

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
    guard let descriptor = System.open(path) else { throw CommandError(.noInput, "\(path): \(System.reason)") }
    System.close(descriptor)
    let bytes: Data
    do {
      bytes = try FileHandle(forReadingFrom: URL(fileURLWithPath: path)).readToEnd() ?? Data()
    } catch {
      throw CommandError(.noInput, "\(path): \(SystemReason.of(error))")
    }
    do throws(PartError) {
      return try CountedPages(bytes: Array(bytes))
    } catch {
      throw CommandError(.badData, "\(path): \(error)")
    }
  }
}
