import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The terminal that a process was started from, in raw mode: each key as it is pressed.
final class Terminal {
  /// What came of waiting.
  enum Event: Equatable {
    case bytes([UInt8])
    case resized
    case timeOut
    /// The terminal is gone, or a signal asks the process to end; the signal's number.
    case ended(Int32)
  }

  /// Where signal handlers write: nothing else is safe in them.
  private static let wake = Atomic<Int32>(-1)

  private let descriptor: Int32
  private let saved: termios
  private var pipeEnds: [Int32] = [-1, -1]

  /// Opens the controlling terminal, whatever standard input and output are.
  init() throws(CommandError) {
    descriptor = open("/dev/tty", O_RDWR)
    guard descriptor >= 0 else { throw .usage("label needs a terminal") }
    var attributes = termios()
    guard tcgetattr(descriptor, &attributes) == 0, pipe(&pipeEnds) == 0 else {
      System.close(descriptor)
      throw .usage("label needs a terminal: \(System.reason)")
    }
    saved = attributes
    Self.wake.store(pipeEnds[1], ordering: .sequentiallyConsistent)
    for number in [SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGWINCH] {
      signal(number) { number in
        withUnsafeBytes(of: UInt8(truncatingIfNeeded: number)) { byte in
          _ = System.write(Terminal.wake.load(ordering: .sequentiallyConsistent), byte)
        }
      }
    }
    cfmakeraw(&attributes)
    tcsetattr(descriptor, TCSAFLUSH, &attributes)
    // The alternate screen, without a cursor: what was on the terminal comes back at the end.
    write(Array("\u{1b}[?1049h\u{1b}[?25l".utf8))
  }

  /// Gives the terminal back as it was.
  func restore() {
    write(Array("\u{1b}[?25h\u{1b}[?1049l".utf8))
    var attributes = saved
    tcsetattr(descriptor, TCSAFLUSH, &attributes)
    for number in [SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGWINCH] { signal(number, SIG_DFL) }
    System.close(descriptor)
    for end in pipeEnds { System.close(end) }
  }

  /// Rows and columns; 24 by 80 if the terminal does not say.
  var size: (rows: Int, columns: Int) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else { return (24, 80) }
    return (Int(size.ws_row), Int(size.ws_col))
  }

  /// Writes; a terminal that is gone is noticed when the next key is waited for.
  func write(_ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes { System.write(descriptor, $0) }
  }

  /// Waits for keys, a signal, or the end of a time.
  /// - Parameter milliseconds: how long at most; nil for ever.
  func wait(milliseconds: Int32?) -> Event {
    var watched = [
      pollfd(fd: pipeEnds[0], events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    let ready = poll(&watched, 2, milliseconds ?? -1)
    if ready == 0 { return .timeOut }
    if ready < 0 && errno != EINTR { return .ended(SIGHUP) }
    if watched[0].revents != 0 {
      var number: UInt8 = 0
      let count = withUnsafeMutableBytes(of: &number) { System.read(pipeEnds[0], into: $0) }
      guard count == 1 else { return .ended(SIGHUP) }
      return Int32(number) == SIGWINCH ? .resized : .ended(Int32(number))
    }
    // A handler has written to the pipe: the next turn finds it.
    guard watched[1].revents != 0 else { return .bytes([]) }
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = buffer.withUnsafeMutableBytes { System.read(descriptor, into: $0) } ?? 0
    return count > 0 ? .bytes(Array(buffer[..<count])) : .ended(SIGHUP)
  }
}
