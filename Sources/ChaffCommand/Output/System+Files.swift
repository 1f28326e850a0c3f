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

  /// The bytes of a file; nil if it is not there, or no file of a size.
  static func size(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  /// The bytes of an open file; nil if it has no size.
  static func size(_ descriptor: Int32) -> Int? {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode : nil
  }

  /// The folder in which a path's last part lies.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  /// The path to which symbolic links lead, even if there is nothing; nil if they lead in a circle, with the reason in
  /// ``reason``.
  static func followLinks(_ path: String) -> String? {
    var path = path
    // As many as Linux follows.
    for _ in 0..<40 {
      var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &bytes, bytes.count)
      guard count >= 0 else { return path }
      let link = String(decoding: bytes[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
      path = link.hasPrefix("/") ? link : "\(folder(of: path))/\(link)"
    }
    errno = ELOOP
    return nil
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
    guard let descriptor = open(folder(of: path)) else { return }
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
