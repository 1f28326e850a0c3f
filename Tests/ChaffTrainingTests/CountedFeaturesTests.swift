import Chaff
import ChaffTraining
import Testing

/// Features are counted and named in training; the model's vocabulary shows what came of it.
struct CountedFeaturesTests {
  private func names(_ text: String, _ block: FeatureBlock) throws -> Set<String> {
    let features = try Toy.classifier(Toy.pages("a\t" + text + "\n")).model.vocabulary().features
    return Set(features.filter { $0.block == block }.map { String(decoding: $0.name, as: UTF8.self) })
  }

  static let named: [(String, Set<String>, Set<String>)] = [
    ("The cat", ["the", "cat"], ["^ the", "the cat", "cat $"]),
    ("ÉTÉ, été!", ["été"], ["^ été", "été été", "été $"]),
    ("HomeNews", ["home", "news"], ["^ home", "home news", "news $"]),
    // Numbers are named by their length, years and long ones apart.
    ("In 1999 7 42", ["in", "#year", "#", "##"], ["^ in", "in #year", "#year #", "# ##", "## $"]),
    (
      "123 3000 12345 1234567", ["###", "####", "#####"],
      ["^ ###", "### ####", "#### #####", "##### #####", "##### $"]
    ),
    ("a1b", ["a", "#", "b"], ["^ a", "a #", "# b", "b $"]),
    ("中文", ["中", "文"], ["^ 中", "中 文", "文 $"]),
    ("***", [], []),
  ]

  @Test(arguments: named)
  func wordsAndBigrams(_ text: String, _ words: Set<String>, _ bigrams: Set<String>) throws {
    #expect(try names(text, .words) == words)
    #expect(try names(text, .bigrams) == bigrams)
  }

  @Test func onceALine() throws {
    let vocabulary = try Toy.classifier(Toy.pages("a\tbuy buy buy\na\tbuy\n")).model.vocabulary()
    let counts = vocabulary.features.reduce(into: [String: Int]()) {
      $0[String(decoding: $1.name, as: UTF8.self)] = $1.counts.first?.count
    }
    // Each line of the page counts four times.
    #expect(counts["buy"] == 8)
    #expect(counts["buy buy"] == 4)
    #expect(counts["^ buy"] == 8)
    #expect(counts["buy $"] == 8)
    #expect(vocabulary.totals[FeatureBlock.words.rawValue] == 8)
    #expect(vocabulary.totals[FeatureBlock.bigrams.rawValue] == 20)
  }

  /// A name is enough to find the feature again in the model's table.
  @Test func namesGiveTheHashesBack() throws {
    let text = "a\tThe ÉTÉ of 1999: 中文 costs £5 or 12345 or ﬁve ^ $ # Straße\n"
    let model = try Toy.classifier(Toy.pages(text) + Toy.sites()).model
    let features = try model.vocabulary().features
    #expect(features.count > 200)
    for feature in features {
      let hash = FeatureHash.named(feature.name, in: feature.block)
      #expect(model.table.rank(of: hash) >= 0, "\(String(decoding: feature.name, as: UTF8.self))")
    }
  }
}
