#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What one run of a program took.
struct Usage {
  /// Seconds from start to end.
  var seconds: Double
  /// Seconds of the processors, all threads together, the system's work included.
  var processorSeconds: Double
  /// The most memory that was resident at once, in bytes; on Linux at least as much as this process has itself.
  var peakBytes: Int
}

/// A program that could not be run, or did not end well.
struct RunFailure: Error {
  let command: [String]
  let reason: String
}

/// Runs a program; its output goes nowhere.
enum Process {
  /// Runs a program and waits for it.
  static func run(_ command: [String]) throws(RunFailure) -> Usage {
    let start = ContinuousClock.now
    let child = try Self.start(command)
    while true {
      if let usage = try end(of: child, command, since: start, options: 0) { return usage }
    }
  }

  /// Starts a program.
  static func start(_ command: [String]) throws(RunFailure) -> pid_t {
    var arguments = command.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    var child = pid_t()
    guard spawn(&child, command[0], arguments) == 0 else { throw RunFailure(command: command, reason: "cannot be run") }
    return child
  }

  /// What a program has taken; nil if it has not ended yet.
  /// - Parameter options: of `wait4`.
  static func end(
    of child: pid_t, _ command: [String], since start: ContinuousClock.Instant, options: Int32
  ) throws(RunFailure) -> Usage? {
    var status: Int32 = 0
    var usage = rusage()
    let ended = wait4(child, &status, options, &usage)
    guard ended >= 0 || errno == EINTR else { throw RunFailure(command: command, reason: "cannot be waited for") }
    guard ended == child else { return nil }
    let time = (ContinuousClock.now - start).components
    guard status == 0 else { throw RunFailure(command: command, reason: "ended with status \(status)") }
    return Usage(
      seconds: Double(time.seconds) + Double(time.attoseconds) * 1e-18,
      processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peakBytes: Int(usage.ru_maxrss) * peakUnit)
  }

  private static func spawn(_ child: inout pid_t, _ path: String, _ arguments: [UnsafeMutablePointer<CChar>?]) -> Int32
  {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    return posix_spawnp(&child, path, &actions, nil, arguments, environ)
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }

  /// The system's unit of memory in bytes.
  private static var peakUnit: Int {
    #if canImport(Darwin)
      1
    #else
      1024
    #endif
  }
}
