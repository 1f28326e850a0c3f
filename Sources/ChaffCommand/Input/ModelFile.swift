import Chaff
import Foundation

/// Opens the model that a command line names.
enum ModelFile {
  /// The name of the embedded model.
  static let standard = "standard"

  /// The model at a path; the embedded one if there is none.
  static func open(_ path: String?) throws(CommandError) -> LineClassifier {
    guard let path, path != standard else { return .standard }
    let bytes = try read(path)
    do throws(ModelError) {
      return try LineClassifier(modelBytes: bytes)
    } catch {
      throw CommandError(.badData, "\(path): \(error)")
    }
  }

  private static func read(_ path: String) throws(CommandError) -> Data {
    guard let descriptor = System.open(path) else { throw CommandError(.noInput, "\(path): \(System.reason)") }
    System.close(descriptor)
    do {
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
      guard size <= ModelFormat.sizeLimit else { throw CommandError(.badData, "\(path): too large for a model") }
      return try FileHandle(forReadingFrom: URL(fileURLWithPath: path)).readToEnd() ?? Data()
    } catch let error as CommandError {
      throw error
    } catch {
      throw CommandError(.noInput, "\(path): \(SystemReason.of(error))")
    }
  }
}

/// The system's reason behind a Foundation error, in a few words.
enum SystemReason {
  static func of(_ error: any Error) -> String {
    let cocoa = error as NSError
    if cocoa.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(cocoa.code))) }
    if let posix = cocoa.userInfo[NSUnderlyingErrorKey] as? NSError, posix.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(posix.code)))
    }
    return cocoa.localizedDescription
  }
}
