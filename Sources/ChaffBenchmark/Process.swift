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
  /// The most memory that was resident at once, in MiB.
  var peakMebibytes: Double
}

/// A program that could not be run, or did not end well.
struct RunFailure: Error {
  let command: [String]
  let reason: String
}

/// Runs a program and waits for it; its output goes nowhere.
enum Process {
  static func run(_ command: [String]) throws(RunFailure) -> Usage {
    var arguments = command.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    let start = ContinuousClock.now
    var child = pid_t()
    guard spawn(&child, command[0], arguments) == 0 else { throw RunFailure(command: command, reason: "cannot be run") }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0 && errno == EINTR {}
    let time = (ContinuousClock.now - start).components
    guard status == 0 else { throw RunFailure(command: command, reason: "ended with status \(status)") }
    return Usage(
      seconds: Double(time.seconds) + Double(time.attoseconds) * 1e-18,
      processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peakMebibytes: Double(usage.ru_maxrss) / peakUnit)
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

  /// The system's unit of memory in MiB⁻¹: kilobytes, on Apple's systems bytes.
  private static var peakUnit: Double {
    #if canImport(Darwin)
      1_048_576
    #else
      1024
    #endif
  }
}
