import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Work on as many threads as there are processors. What is done must not depend on how many there are.
enum Parallel {
  /// How many processors there are.
  static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Calls `body` with each number below a count, several at once, and waits for all.
  ///
  /// Calls share what `body` captures: each may change only what belongs to its own number.
  static func forEach(_ count: Int, _ body: (Int) -> Void) {
    guard count > 1 else {
      if count == 1 { body(0) }
      return
    }
    // Safe as far as the calls keep to their own.
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: count) { body($0) }
  }

  /// What `body` makes of each number below a count, in order.
  static func map<T>(_ count: Int, _ body: (Int) -> T) -> [T] {
    var results = [T?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { results in
      nonisolated(unsafe) let results = results
      forEach(count) { results[$0] = body($0) }
    }
    return results.compactMap { $0 }
  }

  /// What `body` makes of a range's numbers, some at a time, in order: the same pieces on any machine.
  static func inOrder<T>(_ range: Range<Int>, atOnce count: Int = 32, _ body: (Range<Int>) -> T) -> [T] {
    map((range.count + count - 1) / count) { part in
      let start = range.lowerBound + part * count
      return body(start..<min(start + count, range.upperBound))
    }
  }

  /// The same by workers of which each does one part after the other: what it needs for that need not be made anew.
  /// - Parameters:
  ///   - workers: the result must not depend on which of them does what.
  static func inOrder<Worker, T>(
    _ range: Range<Int>, atOnce count: Int = 32, _ workers: inout [Worker], _ body: (inout Worker, Range<Int>) -> T
  ) -> [T] {
    let parts = (range.count + count - 1) / count
    var results = [T?](repeating: nil, count: parts)
    let next = Counter()
    results.withUnsafeMutableBufferPointer { results in
      workers.withUnsafeMutableBufferPointer { workers in
        // Safe: no two workers do the same part.
        nonisolated(unsafe) let (results, workers) = (results, workers)
        forEach(workers.count) { worker in
          var part = next.take()
          while part < parts {
            let start = range.lowerBound + part * count
            results[part] = body(&workers[worker], start..<min(start + count, range.upperBound))
            part = next.take()
          }
        }
      }
    }
    return results.compactMap { $0 }
  }

  /// Numbers in order, each to one who asks.
  private final class Counter: Sendable {
    private let next = Atomic<Int>(0)

    func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
  }

  /// Splits a range into parts of about the same length, for ``forEach(_:_:)``: more than processors, so that none waits
  /// long for the others.
  /// - Parameter limit: how many parts there are at most, where each has memory of its own.
  static func parts(of range: Range<Int>, perProcessor: Int = 8, atMost limit: Int = .max) -> [Range<Int>] {
    let count = max(1, min(range.count, processorCount * perProcessor, limit))
    return (0..<count).map { part in
      range.lowerBound + range.count * part / count..<range.lowerBound + range.count * (part + 1) / count
    }
  }
}
