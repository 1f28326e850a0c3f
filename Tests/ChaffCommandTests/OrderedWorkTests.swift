import Testing

@testable import ChaffCommand

struct OrderedWorkTests {
  private struct Failed: Error, Equatable {
    let number: Int
  }

  private final class Job {
    var number = 0
    var worked = 0
    var linked = 0
    var seen = -1
  }

  /// Numbers, each of which is doubled by itself, summed with all before, and told the double of the next.
  ///
  /// What two threads write, the order keeps apart.
  private final class Numbers: OrderedStages, @unchecked Sendable {
    let count: Int
    let failure: (fill: Int, write: Int)
    private var next = 0
    private var sum = 0
    private(set) var written: [[Int]] = []

    init(_ count: Int, failingToFill fill: Int = -1, toWrite write: Int = -1) {
      self.count = count
      failure = (fill, write)
    }

    func makeJob() -> Job { Job() }

    func fill(_ job: Job) throws(Failed) -> Bool {
      guard next < count else { return false }
      guard next != failure.fill else { throw Failed(number: next) }
      job.number = next
      next += 1
      return true
    }

    func work(_ job: Job, worker: Int) { job.worked = job.number * 2 }

    func link(_ job: Job) {
      sum += job.number
      job.linked = sum
    }

    /// Every third stands alone, and so do those behind which nothing is read.
    func needsNext(_ job: Job) -> Bool { job.number % 3 != 2 && !holdsInput(job) }

    func holdsInput(_ job: Job) -> Bool { job.number % 7 == 6 }

    func finish(_ job: Job, next: Job?) { job.seen = next?.worked ?? -1 }

    func write(_ job: Job) throws(Failed) {
      guard job.number != failure.write else { throw Failed(number: job.number) }
      written.append([job.number, job.worked, job.linked, job.seen])
    }
  }

  private func expected(_ count: Int, of all: Int) -> [[Int]] {
    (0..<count).map { number in
      let hasNext = number % 3 != 2 && number % 7 != 6 && number + 1 < all
      return [number, number * 2, number * (number + 1) / 2, hasNext ? number * 2 + 2 : -1]
    }
  }

  @Test(arguments: [1, 2, 3, 8])
  func `Jobs come out in order, whatever the number of threads`(_ threads: Int) throws {
    for count in [0, 1, 2, 5, 300] {
      let numbers = Numbers(count)
      try OrderedWork(numbers, threads: threads).run()
      #expect(numbers.written == expected(count, of: count))
    }
  }

  @Test(arguments: [1, 2, 5])
  func `What was read before a failure of the input is written`(_ threads: Int) {
    let numbers = Numbers(100, failingToFill: 40)
    #expect(throws: Failed(number: 40)) { try OrderedWork(numbers, threads: threads).run() }
    #expect(numbers.written == expected(40, of: 40))
  }

  @Test(arguments: [1, 2, 5])
  func `A failure of the output ends all`(_ threads: Int) {
    let numbers = Numbers(100, toWrite: 40)
    #expect(throws: Failed(number: 40)) { try OrderedWork(numbers, threads: threads).run() }
    #expect(numbers.written == expected(40, of: 100))
  }
}
