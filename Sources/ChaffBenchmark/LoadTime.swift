import Chaff
import Foundation

/// How long the standard model takes to load: its first use in a process.
///
/// By processes of its own, one a measurement, each of which appends its time to a file.
struct LoadTime {
  /// How many times it is measured in each round.
  static let repetitions = 20
  static let name = "standard model, first use in a process"

  private let file: URL

  init(_ corpus: BenchmarkCorpus) { file = URL(fileURLWithPath: corpus.path("load-times.txt")) }

  /// Loads the model and appends the seconds.
  func append() throws {
    let start = ContinuousClock.now
    let labels = LineClassifier.standard.labels.count
    let time = (ContinuousClock.now - start).components
    let known = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let line = "\(Double(time.seconds) + Double(time.attoseconds) * 1e-18) \(labels) labels\n"
    try Data((known + line).utf8).write(to: file)
  }

  /// Forgets what was measured.
  func reset() { try? FileManager.default.removeItem(at: file) }

  /// The seconds of all measurements.
  func seconds() -> [Double] {
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { $0.split(separator: " ").first.flatMap { Double($0) } }
  }
}
