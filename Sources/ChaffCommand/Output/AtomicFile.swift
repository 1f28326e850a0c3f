import Foundation

/// Writes a file so that it is there whole or not at all.
enum AtomicFile {
  /// Writes to a temporary file beside the target and renames it.
  ///
  /// A failed run leaves what was there before, and no temporary file.
  static func write(_ bytes: [UInt8], to path: String) throws(CommandError) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw CommandError(.cannotCreate, "\(path): is a folder")
    }
    let temporary = path + ".\(ProcessInfo.processInfo.processIdentifier).tmp"
    guard FileManager.default.createFile(atPath: temporary, contents: nil) else {
      throw CommandError(.cannotCreate, "\(path): \(System.reason)")
    }
    do {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
      try handle.write(contentsOf: bytes)
      try handle.synchronize()
      try handle.close()
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw CommandError(.ioError, "\(path): \(SystemReason.of(error))")
    }
    guard rename(temporary, path) == 0 else {
      let reason = System.reason
      try? FileManager.default.removeItem(atPath: temporary)
      throw CommandError(.cannotCreate, "\(path): \(reason)")
    }
  }
}
