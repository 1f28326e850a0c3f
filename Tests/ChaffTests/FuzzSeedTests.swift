import ChaffChecks
import Foundation
import Testing

/// What fuzzing begins with and what it has found, run through the checks of the fuzz targets.
struct FuzzSeedTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fuzz/Seeds")

  @Test(arguments: Check.allCases)
  func `Every seed passes`(_ check: Check) throws {
    let folder = Self.folder.appendingPathComponent(check.rawValue)
    // The model's are made anew, below: stored ones would end with their version.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []
    #expect(!names.isEmpty || check == .model)
    for name in names {
      let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
      do throws(Finding) { try check.run(bytes) } catch { Issue.record("\(check.rawValue)/\(name): \(error)") }
    }
  }

  @Test func `Every folder of seeds is a check's`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(names).isSubset(of: Check.allCases.map(\.rawValue)))
  }

  @Test func `Seeds that are made anew pass, whole and cut`() throws {
    for seed in try SeedModels.all() {
      try Check.model.run(seed.model)
      try Check.labelled.run(seed.labelled)
      for cut in [1, 40, 128, seed.labelled.count / 2] {
        try Check.model.run(Array(seed.model.prefix(cut)))
        try Check.labelled.run(Array(seed.labelled.prefix(cut)))
      }
    }
  }
}
