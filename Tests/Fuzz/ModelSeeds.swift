import ChaffChecks
import Foundation

/// Writes small models and part files for fuzzing to begin with.
///
///     ModelSeeds FOLDER-OF-MODELS FOLDER-OF-LABELLED
@main
struct ModelSeeds {
  static func main() throws {
    for seed in try SeedModels.all() {
      try write(seed.model, CommandLine.arguments[1], seed.name)
      try write(seed.labelled, CommandLine.arguments[2], seed.name)
    }
  }

  private static func write(_ bytes: [UInt8], _ folder: String, _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: folder).appendingPathComponent(name))
  }
}
