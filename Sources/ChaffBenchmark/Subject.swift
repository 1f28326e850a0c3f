/// A program and its input: a row of the table.
struct Subject {
  let name: String
  let command: [String]
  /// The bytes that it reads; nil where that says nothing.
  let bytes: Int?
  /// How often it is run in each round: what is short is run more.
  var repetitions = 1
}

/// What the runs of a subject took, in their middle.
struct Result {
  let subject: Subject
  let seconds: Double
  let processorSeconds: Double
  /// Nil where it was not measured.
  let peakMebibytes: Double?

  init(_ subject: Subject, _ runs: [Usage], peakMebibytes: Double) {
    self.subject = subject
    seconds = Self.median(runs.map(\.seconds))
    processorSeconds = Self.median(runs.map(\.processorSeconds))
    self.peakMebibytes = peakMebibytes
  }

  /// - Parameter seconds: of something that a process measured by itself.
  init(_ name: String, seconds: [Double]) {
    subject = Subject(name: name, command: [], bytes: nil)
    self.seconds = Self.median(seconds)
    processorSeconds = self.seconds
    peakMebibytes = nil
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// Millions of bytes a second.
  var speed: Double? { subject.bytes.map { Double($0) / 1e6 / seconds } }
}
