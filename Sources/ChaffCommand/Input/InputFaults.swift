import JSONText

/// What a run does with an object that is wrong, and which ones it met.
struct InputFaults {
  /// What is done with an object that is wrong.
  enum Policy: String, CaseIterable {
    /// End the run; what came before it is out.
    case stop
    /// Leave it out.
    case skip
    /// Let it through as it is.
    case pass
  }

  /// So many are told with their line; the others are counted, so that a file of nothing but faults cannot flood.
  static let shownLimit = 10

  let policy: Policy
  /// How many there were in all files.
  private(set) var count = 0
  /// Those of the current file: how many, and the first of them in words.
  private var fileCount = 0
  private var shown: [String] = []

  init(policy: Policy) { self.policy = policy }

  /// Notes a fault that the run goes on after.
  mutating func add(line: Int, _ fault: JSONError) {
    count += 1
    fileCount += 1
    if shown.count < Self.shownLimit { shown.append("\(line): \(fault)") }
  }

  /// What is to be said of the file that has ended.
  mutating func endFile(_ name: String) -> [String] {
    defer {
      fileCount = 0
      shown = []
    }
    let more = fileCount - shown.count
    return shown.map { "\(name):\($0)" } + (more > 0 ? ["\(name): and \(DecimalText.grouped(more)) more faults"] : [])
  }

  /// How the run ends; nil if all was well.
  var error: CommandError? {
    guard count > 0 else { return nil }
    let objects = count == 1 ? "1 faulty object was" : "\(DecimalText.grouped(count)) faulty objects were"
    return CommandError(.badData, "\(objects) \(policy == .skip ? "skipped" : "passed on unchanged")")
  }
}
