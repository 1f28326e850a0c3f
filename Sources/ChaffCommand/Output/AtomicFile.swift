#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes a file so that it is there whole or not at all.
enum AtomicFile {
  /// Says before a long run what would keep its result from being written.
  static func check(_ output: String) throws(CommandError) { _ = try target(output) }

  /// Writes to a temporary file beside the target and renames it.
  ///
  /// A failed run leaves what was there before, and no temporary file; a signal that would end the process waits until
  /// that is so. Two runs that write the same path do not meet: each has a file of its own, and the last to end wins.
  /// A symbolic link is followed, one to a file that is not there yet too, and a file that is replaced hands its
  /// permissions on.
  static func write(_ bytes: [UInt8], to output: String) throws(CommandError) {
    let path = try target(output)
    let signals = SignalDelay()
    defer { signals.end() }
    let temporary = "\(path).\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
    guard let descriptor = System.create(temporary, permissionsOf: path) else {
      throw CommandError(.cannotCreate, "\(output): \(System.reason)")
    }
    var failure = fill(descriptor, bytes)
    if failure == nil, !signals.isDue, rename(temporary, path) != 0 { failure = System.reason }
    // Nothing is left to be taken away if it was renamed.
    unlink(temporary)
    if let failure { throw CommandError(.ioError, "\(output): \(failure)") }
    System.synchronizeFolder(of: path)
  }

  /// Writes all bytes through to the disk; returns why that failed.
  private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) -> String? {
    let outcome = bytes.withUnsafeBytes { System.write(descriptor, $0) }
    var failure = outcome == .done ? nil : System.reason
    if failure == nil, fsync(descriptor) != 0 { failure = System.reason }
    System.close(descriptor)
    return failure
  }

  /// The path that is written, with links followed.
  private static func target(_ output: String) throws(CommandError) -> String {
    guard !output.isEmpty else { throw .usage("the name of the output is empty") }
    func refuse(_ reason: String) -> CommandError { CommandError(.cannotCreate, "\(output): \(reason)") }
    guard let path = System.followLinks(output) else { throw refuse(System.reason) }
    let kind = System.kind(path)
    if kind == .folder { throw refuse("is a folder") }
    // "/dev/stdout" leads to whatever the shell has opened.
    let isDevice = kind == .other || output.hasPrefix("/dev/") || output.hasPrefix("/proc/")
    guard !isDevice else { throw refuse("is not a regular file") }
    guard kind == .file || !path.hasSuffix("/") else { throw refuse("is the name of a folder") }
    guard kind == nil || access(path, W_OK) == 0 else { throw refuse(System.reason) }
    guard access(System.folder(of: path), W_OK | X_OK) == 0 else { throw refuse(System.reason) }
    return path
  }
}
