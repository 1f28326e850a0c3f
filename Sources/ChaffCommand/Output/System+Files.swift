#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension System {
  /// What lies at a path.
  enum Kind { case file, folder, other }

  /// What lies at a path, links followed; nil if nothing does.
  static func kind(_ path: String) -> Kind? {
    guard let mode = mode(path) else { return nil }
    switch mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode : nil
  }

  /// Creates a file that nobody else has, for writing; nil if it cannot be, with the reason in ``reason``.
  /// - Parameter model: the file whose permissions it takes on, if that is there.
  static func create(_ path: String, permissionsOf model: String) -> Int32? {
    let mode = mode(model).map { $0 & 0o777 }
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = path.withCString { callOpen($0, flags, mode ?? 0o666) }
    guard descriptor >= 0 else { return nil }
    if let mode { fchmod(descriptor, mode) }
    return descriptor
  }

  /// Makes a rename last through a failure of power. Some file systems cannot, and then it is as good as it gets.
  static func synchronizeFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard let descriptor = open(folder) else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func callOpen(_ path: UnsafePointer<CChar>, _ flags: Int32, _ mode: mode_t) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, flags, mode)
    #elseif canImport(Musl)
      Musl.open(path, flags, mode)
    #else
      Darwin.open(path, flags, mode)
    #endif
  }
}
