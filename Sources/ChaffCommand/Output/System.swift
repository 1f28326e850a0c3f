#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The few calls of the operating system that the command line makes itself: Foundation would have to be loaded for every
/// run, whatever it does.
enum System {
  static let standardInput: Int32 = 0
  static let standardOutput: Int32 = 1
  static let standardError: Int32 = 2

  /// The reason of the last failed call.
  static var reason: String { String(cString: strerror(errno)) }

  /// The reason for which a folder cannot be read like a file.
  static var folderReason: String { String(cString: strerror(EISDIR)) }

  /// Opens a file for reading; nil if it cannot be, with the reason in ``reason``.
  static func open(_ path: String) -> Int32? {
    let descriptor = path.withCString { callOpen($0, O_RDONLY) }
    return descriptor < 0 ? nil : descriptor
  }

  private static func callOpen(_ path: UnsafePointer<CChar>, _ flags: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, flags)
    #elseif canImport(Musl)
      Musl.open(path, flags)
    #else
      Darwin.open(path, flags)
    #endif
  }

  static func close(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #elseif canImport(Musl)
      _ = Musl.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  /// Reads into a buffer; 0 at the end, nil if reading failed.
  static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      if errno != EINTR { return nil }
    }
  }

  /// What became of a write.
  enum WriteOutcome { case done, brokenPipe, failed }

  static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> WriteOutcome {
    var offset = 0
    while offset < bytes.count {
      let base = bytes.baseAddress.map { $0 + offset }
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, base, bytes.count - offset)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, base, bytes.count - offset)
      #else
        let count = Darwin.write(descriptor, base, bytes.count - offset)
      #endif
      if count >= 0 {
        offset += count
      } else if errno != EINTR {
        return errno == EPIPE ? .brokenPipe : .failed
      }
    }
    return .done
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The columns of a terminal; nil if it is none, or does not say.
  static func terminalWidth(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard isTerminal(descriptor), ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Whether a variable of the environment is set, and not to nothing.
  static func hasVariable(_ name: String) -> Bool { getenv(name).map { $0.pointee != 0 } ?? false }

  /// A write to a closed pipe, or beyond the size that a file may have, is an error to be handled, not the death of the
  /// process.
  static func ignoreFailedWrites() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// SIGQUIT ends the process, unless it is ignored: Swift's runtime would write a backtrace and let it go on.
  static func endOnQuit() {
    let former = signal(SIGQUIT, SIG_DFL)
    if unsafeBitCast(former, to: Int.self) == SignalDelay.ignored { signal(SIGQUIT, former) }
  }

  /// Sends the process itself a signal.
  static func raise(_ signal: Int32) {
    #if canImport(Glibc)
      _ = Glibc.raise(signal)
    #elseif canImport(Musl)
      _ = Musl.raise(signal)
    #else
      _ = Darwin.raise(signal)
    #endif
  }

  static func exit(_ code: Int32) -> Never {
    #if canImport(Glibc)
      Glibc.exit(code)
    #elseif canImport(Musl)
      Musl.exit(code)
    #else
      Darwin.exit(code)
    #endif
  }
}
