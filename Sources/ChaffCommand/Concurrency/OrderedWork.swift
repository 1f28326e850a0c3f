import Dispatch

/// Jobs in the order of the input, each in five steps.
///
/// Steps that say "in order" are done one at a time, for one job after the other; the others on several threads at once.
protocol OrderedStages: AnyObject {
  associatedtype Job: AnyObject
  associatedtype Failure: Error

  /// An empty job.
  func makeJob() -> Job
  /// In order: reads what the job is about; false at the end of the input.
  func fill(_ job: Job) throws(Failure) -> Bool
  /// What can be done of the job by itself.
  /// - Parameter worker: the number of the thread, for scratch memory of its own.
  func work(_ job: Job, worker: Int)
  /// In order, after `work`: takes over what the job before left.
  func link(_ job: Job)
  /// Whether ``finish(_:next:)`` must see the next job worked.
  func needsNext(_ job: Job) -> Bool
  /// Whether no more may be read until all jobs have been written. Such a job cannot need the next.
  func holdsInput(_ job: Job) -> Bool
  /// What can be done after `link`, and after `work` of the next job if that is needed.
  func finish(_ job: Job, next: Job?)
  /// In order, after `finish`: writes the job and forgets it.
  func write(_ job: Job) throws(Failure)
}

/// Does the steps of jobs on some threads, in bounded memory.
///
/// Each thread again and again does the step that is nearest to the output of all that can be done. One thread alone can
/// do everything, so the result does not depend on how many there are.
final class OrderedWork<Stages: OrderedStages>: @unchecked Sendable {
  // Sendable: all that changes is changed under `condition`, but jobs, which one thread at a time has.

  /// How far a job has come.
  private enum Stage { case empty, filled, busy, worked, linked, finished }

  private let stages: Stages
  private let threads: Int
  private let condition = Condition()
  /// Job *n* is `jobs[n % jobs.count]`.
  private let jobs: [Stages.Job]
  private var stage: [Stage]
  private var isWorked: [Bool]
  private var nextFill = 0
  private var nextLink = 0
  private var nextWrite = 0
  private var isFilling = false
  private var isLinking = false
  private var isWriting = false
  private var inputEnded = false
  private var isHeld = false
  private var failure: Stages.Failure?
  private var isAborted = false

  init(_ stages: Stages, threads: Int) {
    self.stages = stages
    self.threads = threads
    // Two neighbours for each thread: one more took as long, and has most of the memory that a thread needs.
    jobs = (0..<2 * threads).map { _ in stages.makeJob() }
    stage = jobs.map { _ in .empty }
    isWorked = jobs.map { _ in false }
  }

  /// Works to the end of the input.
  /// - Throws: the first failure of the input, after all before it has been written; or of the output, at once.
  func run() throws(Stages.Failure) {
    if threads == 1 {
      runWorker(0)
    } else {
      // Safe: `self` is made for several threads.
      nonisolated(unsafe) let body: (Int) -> Void = runWorker
      DispatchQueue.concurrentPerform(iterations: threads) { body($0) }
    }
    if let failure { throw failure }
  }

  private func runWorker(_ worker: Int) {
    condition.lock()
    while let step = nextStep() {
      perform(step, worker)
      condition.wakeAll()
    }
    condition.wakeAll()
    condition.unlock()
  }

  /// A step that a thread has taken on itself, with the job's number.
  private enum Step {
    case write(Int), link(Int), finish(Int), work(Int), fill(Int)
  }

  /// Waits until there is a step to do; nil if there will be none. The lock is held before and after.
  private func nextStep() -> Step? {
    while true {
      if isAborted || (inputEnded && nextWrite == nextFill) { return nil }
      if let step = readyStep() { return step }
      condition.wait()
    }
  }

  private func readyStep() -> Step? {
    if !isWriting && nextWrite < nextFill && stage[place(nextWrite)] == .finished { return .write(nextWrite) }
    if !isLinking && nextLink < nextFill && stage[place(nextLink)] == .worked { return .link(nextLink) }
    for number in nextWrite..<nextLink where stage[place(number)] == .linked && canFinish(number) {
      return .finish(number)
    }
    for number in nextWrite..<nextFill where stage[place(number)] == .filled { return .work(number) }
    let hasRoom = isHeld ? nextWrite == nextFill : nextFill - nextWrite < jobs.count
    if !isFilling && !inputEnded && hasRoom { return .fill(nextFill) }
    return nil
  }

  private func canFinish(_ number: Int) -> Bool {
    if !stages.needsNext(jobs[place(number)]) { return true }
    return number + 1 < nextFill ? isWorked[place(number + 1)] : inputEnded
  }

  private func place(_ number: Int) -> Int { number % jobs.count }

  /// Does a step without the lock.
  private func perform(_ step: Step, _ worker: Int) {
    switch step {
    case .write(let number): write(number)
    case .link(let number): link(number)
    case .finish(let number): finish(number)
    case .work(let number): work(number, worker)
    case .fill(let number): fill(number)
    }
  }

  private func unlocked<R>(_ body: () -> R) -> R {
    condition.unlock()
    defer { condition.lock() }
    return body()
  }

  private func fill(_ number: Int) {
    isFilling = true
    let job = jobs[place(number)]
    let result = unlocked { Result { () throws(Stages.Failure) in try stages.fill(job) } }
    isFilling = false
    switch result {
    case .success(true):
      stage[place(number)] = .filled
      isHeld = stages.holdsInput(job)
      nextFill += 1
    case .success(false): inputEnded = true
    case .failure(let error):
      inputEnded = true
      failure = failure ?? error
    }
  }

  private func work(_ number: Int, _ worker: Int) {
    stage[place(number)] = .busy
    unlocked { stages.work(jobs[place(number)], worker: worker) }
    stage[place(number)] = .worked
    isWorked[place(number)] = true
  }

  private func link(_ number: Int) {
    isLinking = true
    stage[place(number)] = .busy
    unlocked { stages.link(jobs[place(number)]) }
    isLinking = false
    stage[place(number)] = .linked
    nextLink += 1
  }

  private func finish(_ number: Int) {
    stage[place(number)] = .busy
    let job = jobs[place(number)]
    let next = stages.needsNext(job) && number + 1 < nextFill ? jobs[place(number + 1)] : nil
    unlocked { stages.finish(job, next: next) }
    stage[place(number)] = .finished
  }

  private func write(_ number: Int) {
    isWriting = true
    let result = unlocked { Result { () throws(Stages.Failure) in try stages.write(jobs[place(number)]) } }
    isWriting = false
    if case .failure(let error) = result {
      // What the input's end could tell comes later than this.
      failure = error
      isAborted = true
    }
    stage[place(number)] = .empty
    isWorked[place(number)] = false
    nextWrite += 1
  }
}
