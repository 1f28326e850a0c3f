import Chaff
import ChaffTraining
import Foundation
import Testing

/// The embedded model is what `TrainingData` gives.
@Suite struct StandardModelTests {
  private static let file = Sample.root.appendingPathComponent("Sources/CStandardModel/standard.chaffmodel")

  @Test func isTrainedFromTrainingData() throws {
    let embedded = try Data(contentsOf: Self.file)
    let pages = try CorpusReader.read([Sample.root.appendingPathComponent("TrainingData").path])
    let trained = try Trainer.train(pages).bytes
    #expect(trained.elementsEqual(embedded), "refresh it: see the README, \"The standard model\"")
    // In any order of pages.
    var generator = SplitMix64(seed: 7)
    let shuffled = try Trainer.train(pages.shuffled(using: &generator)).bytes
    #expect(shuffled == trained)
  }

  @Test func isSmall() throws {
    #expect(try Data(contentsOf: Self.file).count <= 2 << 20)
  }

  @Test func isTheFileThatIsEmbedded() throws {
    let fromFile = try LineClassifier(modelBytes: Data(contentsOf: Self.file))
    #expect(fromFile.labels == LineClassifier.standard.labels)
    let lines = ["Subscribe now", "The vote passed by 7 to 2 late on Monday.", "© 2021 Example Media"]
    #expect(fromFile.classify(lines: lines) == LineClassifier.standard.classify(lines: lines))
  }
}
