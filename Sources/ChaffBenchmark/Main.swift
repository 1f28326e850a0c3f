import Foundation

/// `chaff-benchmark [--size MB] [--runs N] [--training-data FOLDER] [--folder FOLDER]`: measures `chaff` against other
/// programs, in turn, and prints the medians.
@main
struct Main {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch let failure as RunFailure {
      fail("\(failure.command.joined(separator: " ")): \(failure.reason)")
    } catch {
      fail("\(error)")
    }
  }

  private static func run(_ words: [String]) throws {
    var options = [
      "--size": "200", "--runs": "5", "--training-data": "TrainingData", "--folder": ".build/benchmark",
      "--step": "all",
    ]
    for index in stride(from: 0, to: words.count, by: 2) {
      guard options[words[index]] != nil, index + 1 < words.count else {
        fail("\(words[index]): options are \(options.keys.sorted().joined(separator: ", ")), each with a value")
      }
      options[words[index]] = words[index + 1]
    }
    let size = Int(options["--size"] ?? "") ?? 0
    let runs = Int(options["--runs"] ?? "") ?? 0
    guard size > 0, runs > 0 else { fail("--size and --runs are whole numbers above 0") }
    let chaff = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(
      "chaff")
    guard FileManager.default.isExecutableFile(atPath: chaff.path) else {
      fail("\(chaff.path) is missing: build it first, with swift build -c release")
    }
    setenv("LC_ALL", "C", 1)
    let corpus = BenchmarkCorpus(folder: options["--folder"] ?? "")
    let load = LoadTime(corpus)
    if options["--step"] == "load" { return try load.append() }
    say("writing \(size) MB")
    try corpus.write(trainingData: options["--training-data"] ?? "", bytes: size * 1_000_000)
    let peers = Subjects.peers(corpus)
    let subjects = Subjects.all(corpus, chaff: chaff.path) + peers
    load.reset()
    var results = try measure(subjects, runs)
    for _ in 0..<runs * LoadTime.repetitions {
      _ = try Process.run([CommandLine.arguments[0]] + words + ["--step", "load"])
    }
    results.append(Result(LoadTime.name, seconds: load.seconds()))
    let report = Report(results: results)
    print(report.table, terminator: "")
    let path = corpus.path("results.json")
    try report.json().write(to: URL(fileURLWithPath: path))
    say("JSON: \(path)")
    if peers.count < Subjects.peerCount {
      say("to compare with fastText, scikit-learn and jusText: \(Subjects.installation)")
    }
  }

  /// Runs all in turn, so that what slows the machine down for a while slows all of them.
  private static func measure(_ subjects: [Subject], _ runs: Int) throws -> [Result] {
    var usages = [[Usage]](repeating: [], count: subjects.count)
    for round in 0..<runs {
      say("round \(round + 1) of \(runs)")
      for (index, subject) in subjects.enumerated() {
        for _ in 0..<subject.repetitions { usages[index].append(try Process.run(subject.command)) }
      }
    }
    say("peak memory")
    return try zip(subjects, usages).map { Result($0, $1, peakMebibytes: try PeakMemory.measure($0.command)) }
  }

  private static func say(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

  private static func fail(_ text: String) -> Never {
    say("chaff-benchmark: \(text)")
    exit(64)
  }
}
