import Chaff
import ChaffChecks
import ChaffTraining
import Testing

struct ShapeFeaturesTests {
  @Test func `Every line has one value of each attribute`() {
    var generator = SplitMix64(seed: 10)
    let alphabet = Array("aB1 .,:?!$|/-()<>*\"© é中\0".utf8)
    for _ in 0..<500 {
      let count = Int.random(in: 0...80, using: &generator)
      let features = shapes((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
      #expect(features.count == ShapeFeatures.attributeCount)
      #expect(zip(features, features.dropFirst()).allSatisfy { $0 < $1 })
      #expect(features.allSatisfy { (0..<ShapeFeatures.count).contains($0) })
      let attributes = features.map { ShapeFeatures.name($0).prefix { $0 != "=" } }
      #expect(Set(attributes).count == ShapeFeatures.attributeCount)
    }
  }

  @Test func `A line's features in words`() {
    #expect(
      names("Sign up for 20% off!").prefix(11) == [
        "words = 5…6", "bytes = 16…20", "begins with = capital", "ends with = exclamation",
        "capitalised = under half of 3…5 words", "in capitals = none", "digits = 2",
        "share of digits = under a quarter",
        "sentences = 1", "commas = 0", "word length = 0…2",
      ])
    #expect(Set(names("Sign up for 20% off!")).isSuperset(of: ["exclamation marks = one", "other marks = one"]))
  }

  @Test func `Marks, joins, times, years and ideographs have their own`() {
    let line = Set(names("© 2023, 2024 BBCnews | HomeNews | $5 at 9:30 → 中"))
    #expect(
      line.isSuperset(of: [
        "copyright marks = one", "years = several", "bar marks = several", "joined words = one", "currency marks = one",
        "times of day = one", "arrow marks = one", "ideographs = one",
        "begins with = copyright", "ends with = ideograph",
      ]))
  }

  @Test func `Addresses are told by their signs`() {
    #expect(names("Write to news@example.org").contains("addresses = one"))
    #expect(names("https://example.org/a/b and ana@example.org").contains("addresses = several"))
    #expect(names("On 3/5, he/she").contains("addresses = none"))
  }

  @Test func `Shares go by quarters`() {
    let lines = ["a b c d", "A b c d e", "A b c d", "A B c d", "A B C d", "A B C D"]
    let expected = ["none", "under a quarter", "under half", "under three quarters", "most", "all"]
    for (line, share) in zip(lines, expected) {
      #expect(names(line)[4] == "capitalised = \(share) of 3…5 words")
    }
  }

  @Test func `An empty line has features too`() {
    #expect(names("")[0...3] == ["words = 0", "bytes = 0…3", "begins with = nothing", "ends with = nothing"])
  }

  @Test func `Every feature has a name of its own, and only features have`() {
    let names = (0..<ShapeFeatures.count).map { ShapeFeatures.name($0) }
    #expect(Set(names).count == ShapeFeatures.count)
    #expect(!names.contains("?"))
    #expect(ShapeFeatures.name(ShapeFeatures.count) == "?")
  }

  private func shapes(_ line: [UInt8]) -> [Int] {
    var features: [Int] = []
    ShapeFeatures.forEach(RecordingSink.scan(line).look) { features.append($0) }
    return features
  }

  private func names(_ text: String) -> [String] { shapes(Array(text.utf8)).map { ShapeFeatures.name($0) } }
}
