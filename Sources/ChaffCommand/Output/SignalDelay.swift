import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Puts off the signals that would end the process, while a file is half written.
///
/// The handler only notes the signal. Whoever writes asks ``isDue`` at the end, and ``end()`` lets the signal take its
/// course. At all other times a signal ends the process at once, since there is nothing to take away.
struct SignalDelay: Sendable {
  private typealias Handler = @convention(c) (Int32) -> Void

  /// Signals are the process's, so several delays at once share what was before the first.
  private struct Shared {
    var delays = 0
    var former: [Handler?] = []
  }

  private static let shared = Mutex(Shared())
  private static let signals = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]
  private static let received = Atomic<Int32>(0)
  /// The number that stands for an ignored signal, as `nohup` leaves it.
  static let ignored = 1

  init() {
    Self.shared.withLock { shared in
      if shared.delays == 0 { shared.former = Self.signals.map(Self.note) }
      shared.delays += 1
    }
  }

  /// Lets a signal be noted only, unless it is ignored; returns what it did before.
  private static func note(_ number: Int32) -> Handler? {
    let former = signal(number) { SignalDelay.received.store($0, ordering: .relaxed) }
    if unsafeBitCast(former, to: Int.self) == ignored { signal(number, former) }
    return former
  }

  /// Whether a signal waits that will end the process.
  var isDue: Bool { Self.received.load(ordering: .relaxed) != 0 }

  /// Hands the signals back, and raises the one that came.
  func end() {
    let number = Self.shared.withLock { shared -> Int32 in
      shared.delays -= 1
      guard shared.delays == 0 else { return 0 }
      for (number, handler) in zip(Self.signals, shared.former) { signal(number, handler) }
      return Self.received.exchange(0, ordering: .relaxed)
    }
    if number != 0 { raise(number) }
  }
}
