import Chaff
import ChaffChecks
import ChaffTraining
import Foundation
import Testing

/// Models of strangers: right checksums, and contents that nobody trained. Every verb that opens a model must end by
/// itself.
@Suite struct ForgedModelTests {
  @Test func everyVerbEndsByItself() throws {
    let files = try Scratch()
    let data = try files.write("data.tsv", "nav\tHome\ncontent\tThe cat sat on the mat.\n")
    let model = files.path("model")
    var generator = SplitMix64(seed: 61)
    var opened = 0
    for seed in try SeedModels.all() {
      for _ in 0..<40 {
        var forged = seed.model
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          forged[.random(in: ModelFormat.headerSize..<forged.count, using: &generator)] = .random(
            in: 0...255, using: &generator)
        }
        forged = ModelCheck.sealed(forged)
        guard (try? LineClassifier(modelBytes: forged)) != nil else { continue }
        opened += 1
        try files.write("model", forged)
        for words in [
          ["inspect", model], ["classify", "--model", model, "--reasons", "2", Sample.article],
          ["clean", "--model", model, "--keep", "content", Sample.article],
          ["explain", "--model", model, Sample.article], ["evaluate", data.path, "--model", model],
          ["train", data.path, "--base", model, "--output", files.path("taught")],
        ] where opened % 4 == 0 || words[0] == "inspect" {
          let result = try ChaffProcess(words)
          #expect([0, 64, 65].contains(result.code), "\(words[0]): \(result.code) \(result.messages)")
        }
      }
    }
    #expect(opened > 20, "else this shows nothing")
  }
}
