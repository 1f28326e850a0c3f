import Foundation

/// Writes a file so that it is there whole or not at all.
enum AtomicFile {
  /// Writes to a temporary file beside the target and renames it.
  ///
  /// A failed run leaves what was there before, and no temporary file.
  /// A symbolic link is followed; what is there and is no regular file (a folder, a device) is refused.
  static func write(_ bytes: [UInt8], to output: String) throws(CommandError) {
    let path = URL(fileURLWithPath: output).resolvingSymlinksInPath().path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw CommandError(.cannotCreate, "\(output): is a folder")
    }
    let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    guard kind == nil || kind == .typeRegular else {
      throw CommandError(.cannotCreate, "\(output): is not a regular file")
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
