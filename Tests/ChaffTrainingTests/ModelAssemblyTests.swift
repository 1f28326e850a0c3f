import Chaff
import ChaffTraining
import Foundation
import Testing

/// Reads the finished model back: its tables must follow from its counts.
struct ModelAssemblyTests {
  private var plain: TrainingOptions {
    var options = Toy.fast
    options.smoothing = [1, 1, 1]
    options.usesGains = false
    return options
  }

  /// The largest word value is that of "home" with content, −log 5, so a step is log 5 / 127.
  @Test func quantisedWordsByHand() throws {
    let model = try Toy.classifier(Toy.pair(), plain).model
    #expect(abs(model.parameters.scales[0] - log(5.0) / 127) < 1e-15)
    // Of content and nav, in steps of 0.012673: log 39/17 is 65.5; log 117/85 is 25.2; −log 3 is −86.7; log 59/45 is 21.4.
    let expected = [("home", -127, 66), ("the", 25, -87), ("cat", 21, -87), ("dog", 21, -87)]
    for (word, content, nav) in expected {
      let rank = model.table.rank(of: FeatureHash.named(Array(word.utf8), in: .words))
      #expect(rank >= 0)
      #expect(model.table.value(rank, label: 0) == content, "\(word)")
      #expect(model.table.value(rank, label: 1) == nav, "\(word)")
      #expect((2..<16).allSatisfy { model.table.value(rank, label: $0) == 0 })
    }
  }

  /// `log p(f | k) / p(f)`, from the counts in the model and the C library's logarithm. All pages are whole, so that all
  /// counts are four times the lines'.
  private func value(_ count: Int, _ all: Int, _ total: Int, _ totals: Int, _ smoothing: Double) -> Double {
    let share = (Double(all) + 0.5) / (Double(totals) + 1)
    return log((Double(count) + smoothing * share) / (Double(total) + smoothing) / share)
  }

  @Test func tablesFollowFromTheCounts() throws {
    let model = try Toy.classifier(Toy.sites(), ToyModel.options).model
    let vocabulary = try model.vocabulary()
    let labels = model.labels.count
    for feature in vocabulary.features {
      let block = feature.block.rawValue
      let rank = model.table.rank(of: FeatureHash.named(feature.name, in: feature.block))
      let totals = vocabulary.totals[block * labels..<(block + 1) * labels]
      let all = feature.counts.reduce(0) { $0 + $1.count }
      for label in 0..<labels {
        let count = feature.counts.first { $0.label == label }?.count ?? 0
        let full = value(count, all, totals[totals.startIndex + label], totals.reduce(0, +), 4 * 10)
        let expected = full * feature.gain.factor
        let found = Double(model.table.value(rank, label: label)) * model.parameters.scales[block]
        #expect(abs(found - expected) <= model.parameters.scales[block] / 2 + 1e-9)
      }
    }
  }

  @Test func largestValueOfABlockIs127Steps() throws {
    let model = try Toy.classifier(Toy.sites(), ToyModel.options).model
    var largest = [0, 0, 0]
    for feature in try model.vocabulary().features {
      let rank = model.table.rank(of: FeatureHash.named(feature.name, in: feature.block))
      for label in 0..<model.labels.count {
        largest[feature.block.rawValue] = max(
          largest[feature.block.rawValue], abs(model.table.value(rank, label: label)))
      }
    }
    #expect(largest == [127, 127, 127])
  }
}
