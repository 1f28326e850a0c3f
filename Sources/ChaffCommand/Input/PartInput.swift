import ChaffTraining
import Foundation

/// Opens the part files that a command line names.
enum PartInput {
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
