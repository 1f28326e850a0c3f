#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The few calls of the operating system that reading labelled files takes: Foundation would have to be loaded for every
/// run of the command line, whatever it does.
enum Files {
  /// The system's reason.
  struct Failure: Error {
    let reason: String

    static var last: Failure { Failure(reason: String(cString: strerror(errno))) }
  }

  /// Whether a path leads to a folder; nil if it leads nowhere.
  static func isFolder(_ path: String) -> Bool? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT == S_IFDIR : nil
  }

  /// All bytes of a file; of standard input if there is no path.
  static func contents(of path: String?) throws(Failure) -> [UInt8] {
    let descriptor = path.map { open($0, O_RDONLY) } ?? 0
    guard descriptor >= 0 else { throw .last }
    defer { if path != nil { close(descriptor) } }
    var bytes: [UInt8] = []
    // Room for all of a file whose size is known, and to see that it ends.
    bytes.reserveCapacity(min(Self.size(descriptor), 1 << 30) + 1)
    while true {
      var count = 0
      // Twice as much each time: a file is copied about as often as it is read.
      bytes.append(addingCapacity: max(1 << 16, bytes.count, bytes.capacity - bytes.count)) { bytes in
        bytes.withUnsafeMutableBufferPointer { bytes, filled in
          count = read(descriptor, bytes.baseAddress, bytes.count)
          filled = max(0, count)
        }
      }
      if count < 0 && errno != EINTR { throw .last }
      if count == 0 { return bytes }
    }
  }

  /// The size of an ordinary file, or 0.
  private static func size(_ descriptor: Int32) -> Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? max(0, Int(status.st_size)) : 0
  }

  /// The names of all files under a folder, from there; hidden ones are left out, and links to folders not followed.
  static func names(under folder: String) throws(Failure) -> [String] {
    var names: [String] = []
    for entry in try entries(of: folder) where !entry.hasPrefix(".") {
      let path = folder + "/" + entry
      if isFolder(path) != true {
        names.append(entry)
      } else if !isLink(path) {
        names.append(contentsOf: try self.names(under: path).map { entry + "/" + $0 })
      }
    }
    return names
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private static func entries(of folder: String) throws(Failure) -> [String] {
    guard let stream = opendir(folder) else { throw .last }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { name in
          name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
            String(cString: $0)
          }
        })
    }
    return names
  }
}
