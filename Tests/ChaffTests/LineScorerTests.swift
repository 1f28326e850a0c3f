import Chaff
import ChaffChecks
import ChaffTraining
import Testing

struct LineScorerTests {
  private func compare(_ line: [UInt8], _ model: Model, _ location: SourceLocation = #_sourceLocation) {
    let expected = ReferenceScorer.logLikelihoods(line, model)
    let found = withBuffer(line) { LineScorer(model: model).logLikelihoods($0) }.map { Double($0) }
    let scale = expected.map(abs).max() ?? 0
    #expect(distance([found], [expected]) <= 1e-5 * (1 + scale), "\(line.count) bytes", sourceLocation: location)
  }

  private let words = [
    "home", "Sport", "weather", "the", "river", "bridge", "was", "closed", "on", "Monday", "2024", "©", "Sign", "up",
    "free", "|", "unknown", "42", ".", "museum", "zebra",
  ]

  private func line(_ count: Int, using generator: inout SplitMix64) -> [UInt8] {
    let picked = (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &generator)] }
    return Array(picked.joined(separator: " ").utf8)
  }

  @Test func `Log-likelihoods are the sums of the features' rows, each once`() throws {
    var generator = SplitMix64(seed: 140)
    let model = try TestModel.model()
    for count in 0..<25 { compare(line(count, using: &generator), model) }
  }

  @Test func `More than sixteen labels have theirs`() throws {
    var generator = SplitMix64(seed: 141)
    let model = try TestModel.open(TestModel.wide.get())
    #expect(model.labelGroups == 2)
    for count in [0, 1, 5, 12] { compare(line(count, using: &generator), model) }
    compare(Array("word7 of the second line".utf8), model)
  }

  @Test(arguments: [248, 249, 250, 251, 600])
  func `Lines with more words than wait at once are summed in full`(_ count: Int) throws {
    var generator = SplitMix64(seed: 142)
    compare(line(count, using: &generator), try TestModel.model())
  }

  @Test func `A line of the strongest words of all sums beyond sixteen bits`() throws {
    let model = LineClassifier.standard.model
    // Words that speak against the first label: their rows pile up on one side.
    let words = try model.vocabulary().features.filter { $0.block == .words && $0.name.allSatisfy { $0 >= 0x61 } }
    let strong = words.map { (word: $0.name, rank: model.table.rank(of: FeatureHash.named($0.name, in: .words))) }
      .filter { $0.rank >= 0 }.sorted { model.table.value($0.rank, label: 0) < model.table.value($1.rank, label: 0) }
      .prefix(3000)
    let units = strong.reduce(0) { $0 + model.table.value($1.rank, label: 0) }
    #expect(units < Int(Int16.min), "else this test shows nothing")
    compare(Array(strong.map(\.word).joined(separator: [0x20])), model)
  }

  @Test func `Scores beyond what is compared in fixed point are moved into it`() throws {
    // Every feature weighs the most that a model may say: 127 steps of 2 nats, for one label and against the other.
    let words = (0x4e00..<0x4e00 + 3000).compactMap(Unicode.Scalar.init).map(String.init)
    let page = "content\t\(words.joined())\nnav\tHome\n"
    var options = TrainingOptions()
    options.minimumPages = [1, 1, 1]
    options.iterations = 0
    let pages = try LabelledPageReader.read(Array((page + "\n" + page).utf8), file: "toy.tsv")
    for sign in [1.0, -1] {
      var crafted = SectionedModel(try Trainer.train(pages, options: options).bytes)
      let weight = 15 + (FeatureBlock.words.rawValue * LengthClass.count + LengthClass.count - 1) * 2
      for (index, value) in [(6, 1), (weight, 2 * sign), (weight + 1, 2 * sign)] as [(Int, Double)] {
        var writer = ByteWriter()
        writer.append(value)
        crafted["PARA"].replaceSubrange(index * 8..<index * 8 + 8, with: writer.bytes)
      }
      let rows = Int(crafted["TABL"][8]) | Int(crafted["TABL"][9]) << 8
      for row in 0..<rows {
        let start = crafted["TABL"].count - (rows + 1 - row) * 16
        crafted["TABL"][start + RowSums.position(ofLane: 0)] = UInt8(bitPattern: 127)
        crafted["TABL"][start + RowSums.position(ofLane: 1)] = UInt8(bitPattern: -127)
      }
      let model = try TestModel.open(crafted.file)
      let line = Array(words.joined().utf8)
      let expected = ReferenceScorer.logLikelihoods(line, model)
      #expect((expected.map(abs).max() ?? 0) > 262_144, "else this test shows nothing")
      let found = withBuffer(line) { LineScorer(model: model).logLikelihoods($0) }
      let best = try #require(expected.max())
      #expect(found.map { $0 == 0 } == expected.map { $0 == best }, "\(found)")
      let classifier = try LineClassifier(modelBytes: crafted.file)
      for isAlone in [false, true] {
        let judged = classifier.classify(lines: [words.joined()], linesAlone: isAlone)[0].prediction
        let posteriors = try #require(judged?.posteriors)
        #expect(posteriors.allSatisfy { (0...1).contains($0) } && abs(posteriors.reduce(0, +) - 1) <= 1e-6)
        #expect(posteriors[expected[0] == best ? 0 : 1] >= 0.999)
      }
    }
  }

  @Test func `A line leaves nothing behind for the next`() throws {
    var generator = SplitMix64(seed: 143)
    let model = try TestModel.model()
    let scorer = LineScorer(model: model)
    let short = Array("Home and the river".utf8)
    let fresh = withBuffer(short) { scorer.logLikelihoods($0) }
    for count in [200, 1, 0, 129] {
      let other = line(count, using: &generator)
      _ = withBuffer(other) { scorer.logLikelihoods($0) }
      #expect(withBuffer(short) { scorer.logLikelihoods($0) } == fresh)
    }
  }

  @Test func `Lines that are scored together get what each gets by itself`() throws {
    var generator = SplitMix64(seed: 144)
    for bytes in [try TestModel.trained.get(), try TestModel.wide.get()] {
      let model = try TestModel.open(bytes)
      let scorer = LineScorer(model: model)
      let text = LineText()
      var expected = LineEvidence(groups: model.labelGroups)
      // More than are scanned at once.
      for _ in 0..<400 {
        let line = line(Int.random(in: 1...12, using: &generator), using: &generator)
        withBuffer(line) { text.append($0) }
        let one = LineText()
        var isBlank: [Bool] = []
        withBuffer(line) { one.append($0) }
        LineScorer(model: model).score(one, to: &expected, isBlank: &isBlank)
      }
      var evidence = LineEvidence(groups: model.labelGroups)
      var isBlank: [Bool] = []
      scorer.score(text, to: &evidence, isBlank: &isBlank)
      #expect(evidence.likelihoods == expected.likelihoods && evidence.forms == expected.forms)
      #expect(isBlank == Array(repeating: false, count: 400))
    }
  }

  @Test func `Evidence is likelihoods against the largest, and the line's form`() throws {
    let model = try TestModel.model()
    let scorer = LineScorer(model: model)
    let line = Array("The river was closed on Monday, and the mayor said so.".utf8)
    let text = LineText()
    for row in [[], line, [0x20, 0x09]] { withBuffer(row) { text.append($0) } }
    var evidence = LineEvidence(groups: model.labelGroups)
    var isBlank: [Bool] = []
    scorer.score(text, to: &evidence, isBlank: &isBlank)
    #expect(isBlank == [true, false, true])
    let logs = withBuffer(line) { scorer.logLikelihoods($0) }
    let largest = logs.max() ?? 0
    for (label, log) in logs.enumerated() {
      let ratio = Double(evidence.likelihoods[0][label] / evidence.likelihoods[0].max())
      #expect(abs(ratio - Reproducible.exp(max(-80, Double(log - largest)))) <= 1e-4)
    }
    #expect(evidence.count == 1 && evidence.forms == [3])
    #expect(abs(evidence.likelihoods[0].max() - 1) <= 0.07)
    #expect((model.labels.count..<16).allSatisfy { evidence.likelihoods[0][$0] == 0 })
  }
}
