import Foundation

/// The most memory that a program has resident at once, by a run of its own.
enum PeakMemory {
  /// Runs a program.
  /// - Returns: MiB.
  ///
  /// On Linux what `wait4` says of a child is at least what its parent had resident when it was started, here some 20 MiB. The
  /// system's own mark of the most is right, but gone when the program has ended: so it is read again and again until then,
  /// by a run that is not timed.
  static func measure(_ command: [String]) throws(RunFailure) -> Double {
    #if os(Linux)
      let start = ContinuousClock.now
      let child = try Process.start(command)
      var peak = 0
      while try Process.end(of: child, command, since: start, options: WNOHANG) == nil {
        peak = mark(of: child) ?? peak
        usleep(200)
      }
      return Double(peak) / 1024
    #else
      return Double(try Process.run(command).peakBytes) / 1_048_576
    #endif
  }

  /// The system's mark of the most memory, in KiB; nil once a process has ended.
  private static func mark(of child: pid_t) -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/\(child)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
    else { return nil }
    return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
  }
}
