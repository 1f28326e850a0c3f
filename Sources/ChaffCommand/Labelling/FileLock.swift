#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An advisory lock on a file beside another, which goes when the process does, however it ends.
struct FileLock {
  private let path: String
  private let descriptor: Int32

  init(beside output: String) throws(CommandError) {
    path = output + ".lock"
    descriptor = open(path, O_CREAT | O_RDWR, 0o644)
    guard descriptor >= 0 else { throw CommandError(.cannotCreate, "\(path): \(System.reason)") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      System.close(descriptor)
      throw CommandError(.cannotCreate, "\(output): another chaff label is at work on it")
    }
  }

  func release() {
    unlink(path)
    System.close(descriptor)
  }
}
