import Chaff
import ChaffTraining
import Testing

/// Rows of one's own on top of a model, and out of it again.
struct TeacherTests {
  /// A model that has kept every feature.
  /// Its features have gains, which are to stay.
  private func base() throws -> LineClassifier {
    var options = Toy.fast
    options.gainPenalty = 0.01
    let base = try Toy.classifier(Toy.sites(), options)
    #expect(try base.model.vocabulary().features.contains { $0.gain != .none })
    return base
  }

  private func own() throws -> [LabelledPage] {
    try Toy.pages(
      """
      nav/menu\tTide tables
      content/body\tThe ferry did not sail on Friday, the harbour master said.
      skip\t{{ x }}
      registration/newsletter\tGet the Harbour Letter

      nav/menu\tTide tables
      nav/menu\tMoorings
      content/body\tNobody was on board.
      nav/menu\tMoorings

      # part
      registration/newsletter\tGet the Harbour Letter

      """, file: "mine.tsv")
  }

  private func open(_ bytes: [UInt8]) throws -> LineClassifier { try LineClassifier(modelBytes: bytes) }

  // MARK: Equal to training at once

  @Test func sealedIsTrainingOnAllRowsWithTheBasesParameters() throws {
    let base = try base()
    for weight in [1, 3] {
      let taught = try Teacher.teach(own(), to: base, weight: weight, isSealed: true)
      let all = CountedPages.merging([CountedPages(try Toy.sites()), CountedPages(try own(), copies: weight)])
      #expect(try taught.bytes == Trainer.train(all, parametersOf: base).bytes)
      let repeated = try Toy.sites() + Array(repeating: own(), count: weight).flatMap { $0 }
      #expect(try taught.bytes == Trainer.train(CountedPages(repeated), parametersOf: base).bytes)
    }
  }

  @Test func theRecordIsAllThatSealingLeavesOut() throws {
    let taught = try open(Teacher.teach(own(), to: base()).bytes).model
    let sealed = try open(Teacher.teach(own(), to: base(), isSealed: true).bytes).model
    #expect(taught.ownRows != nil)
    #expect(sealed.ownRows == nil)
    #expect(try taught.vocabulary() == sealed.vocabulary())
    #expect(taught.chainCounts == sealed.chainCounts)
    #expect(taught.parameters == sealed.parameters)
  }

  /// A base that dropped features: what it kept has the counts of training at once.
  @Test func countsAreExactWhereTheBaseKeptTheFeature() throws {
    var options = Toy.fast
    options.minimumPages = [2, 2, 2]
    options.gainPenalty = 0.01
    let base = try Toy.classifier(Toy.sites(), options)
    let kept = Set(try base.model.vocabulary().features.map(\.name))
    let taught = try open(Teacher.teach(own(), to: base, weight: 2).bytes).model
    let all = try Toy.classifier(Toy.sites() + own() + own(), options).model
    let (found, wanted) = (try taught.vocabulary(), try all.vocabulary())
    #expect(taught.chainCounts == all.chainCounts)
    #expect(found.totals == wanted.totals)
    #expect(found.lines == wanted.lines)
    func counts(_ vocabulary: Vocabulary) -> [Vocabulary.Feature] {
      vocabulary.features.filter { kept.contains($0.name) }.map {
        Vocabulary.Feature(block: $0.block, name: $0.name, counts: $0.counts, pages: $0.pages)
      }
    }
    #expect(counts(found) == counts(wanted))
    // Gains are the base's; of new features there are none.
    let gains = Dictionary(
      uniqueKeysWithValues: try base.model.vocabulary().features.map {
        ([[UInt8($0.block.rawValue)], $0.name], $0.gain)
      })
    #expect(gains.values.contains { $0 != .none })
    #expect(found.features.allSatisfy { $0.gain == gains[[[UInt8($0.block.rawValue)], $0.name]] ?? .none })
    // A new word on one page of weight 2 is on two pages.
    #expect(!kept.contains(Array("letter".utf8)))
    #expect(found.features.contains { $0.name == Array("letter".utf8) })
    #expect(taught.parameters.weights == base.model.parameters.weights)
    #expect(taught.parameters.bias == base.model.parameters.bias)
    #expect(taught.parameters.cleanThreshold == base.model.parameters.cleanThreshold)
  }

  @Test func ownRowsAreLearnt() throws {
    let base = try Toy.classifier(Toy.sites(), ToyModel.options)
    let line = ["Tide tables and moorings"]
    let page = try Toy.pages("nav/footer\tTide tables and moorings\n")
    let before = try #require(base.classify(lines: line).first?.prediction)
    let taught = try open(Teacher.teach(page, to: base, weight: 5).bytes)
    let after = try #require(taught.classify(lines: line).first?.prediction)
    let footer = try #require(base.labels.firstIndex { $0.path == "nav/footer" })
    #expect(after.posteriors[footer] > before.posteriors[footer])
    #expect(after.label.path == "nav/footer")
  }

  // MARK: Steps

  @Test func stepsInAnyOrderAreTheSameAsAllAtOnce() throws {
    let base = try base()
    let once = try Teacher.teach(own(), to: base, weight: 2).bytes
    var generator = SplitMix64(seed: 3)
    for _ in 0..<5 {
      var model = base
      let steps = try (own() + own()).shuffled(using: &generator)
      for page in steps { model = try open(Teacher.teach([page], to: model).bytes) }
      #expect(model.model.bytes.bytes.elementsEqual(once))
    }
  }

  // MARK: Forgetting

  @Test(arguments: [0, -1, 1_000_001, .max, .min])
  func weightsThatMakeNoSense(_ weight: Int) throws {
    let base = try base()
    #expect(throws: Teacher.Failure.invalidWeight(weight)) { try Teacher.teach(own(), to: base, weight: weight) }
    #expect(throws: Teacher.Failure.invalidWeight(weight)) { try Teacher.forget(own(), in: base, weight: weight) }
  }

  /// Whatever was learnt before, and with whatever weight: teach and forget ends where it began.
  @Test func forgettingIsTheInverseOfTeaching() throws {
    let base = try base()
    var generator = SplitMix64(seed: 11)
    let own = try own()
    for _ in 0..<10 {
      var model = base
      for page in own where Bool.random(using: &generator) {
        model = try open(Teacher.teach([page], to: model, weight: .random(in: 1...3, using: &generator)).bytes)
      }
      let weight = Int.random(in: 1...4, using: &generator)
      let more = own.filter { _ in Bool.random(using: &generator) } + [own[0]]
      let taught = try open(Teacher.teach(more, to: model, weight: weight).bytes)
      let forgotten = try Teacher.forget(more.shuffled(using: &generator), in: taught, weight: weight)
      #expect(model.model.bytes.bytes.elementsEqual(forgotten.bytes))
    }
  }

  @Test func withoutAWeightAllIsForgotten() throws {
    let base = try base()
    let taught = try open(Teacher.teach(own(), to: base, weight: 7).bytes)
    let forgotten = try Teacher.forget(own(), in: taught)
    #expect(base.model.bytes.bytes.elementsEqual(forgotten.bytes))
    #expect(forgotten.rows == 0)
    #expect(forgotten.pages == 0)
  }

  /// A row that is no page of its own goes wherever it was learnt; its line stays and is not scored.
  @Test func rowByRow() throws {
    let base = try base()
    let taught = try open(Teacher.teach(own(), to: base).bytes)
    let row = try Toy.pages("nav/menu\tMoorings\nskip\tTide tables\n")
    let forgotten = try Teacher.forget(row, in: taught)
    var expected = try own()
    expected[1].rows[1].label = nil
    expected[1].rows[3].label = nil
    #expect(try forgotten.bytes == Teacher.teach(expected, to: base).bytes)
    #expect(forgotten.rows == 6)
    // Every row by itself, in one file: the base again.
    let rows = try own().flatMap(\.rows).filter { $0.label != nil }.reversed()
    let all = try Teacher.forget([LabelledPage(file: "rows.tsv", rows: Array(rows))], in: taught)
    #expect(base.model.bytes.bytes.elementsEqual(all.bytes))
  }

  @Test func someCopiesOfARow() throws {
    let base = try base()
    let taught = try open(Teacher.teach([own()[1]], to: base, weight: 3).bytes)
    let row = try Toy.pages("nav/menu\tTide tables\n")
    let forgotten = try Teacher.forget(row, in: taught, weight: 2)
    var without = try own()[1]
    without.rows[0].label = nil
    let expected = try Teacher.teach([own()[1], without, without], to: base)
    #expect(forgotten.bytes == expected.bytes)
    #expect(throws: Teacher.Failure.notLearnt(file: "toy.tsv", line: 1)) {
      try Teacher.forget(row, in: open(forgotten.bytes), weight: 2)
    }
  }

  @Test func whatWasNeverLearntIsNamed() throws {
    let base = try base()
    let rows = try Toy.pages("# mine\nnav/menu\tMoorings\nnav/menu\tHome\n", file: "rows.tsv")
    #expect(throws: Teacher.Failure.notLearnt(file: "rows.tsv", line: 2)) { try Teacher.forget(rows, in: base) }
    let taught = try open(Teacher.teach(own(), to: base).bytes)
    // The base's own rows are not one's own; another label is another row.
    #expect(throws: Teacher.Failure.notLearnt(file: "rows.tsv", line: 3)) { try Teacher.forget(rows, in: taught) }
    let other = try Toy.pages("nav/footer\tMoorings\n", file: "rows.tsv")
    #expect(throws: Teacher.Failure.notLearnt(file: "rows.tsv", line: 1)) { try Teacher.forget(other, in: taught) }
    let sealed = try open(Teacher.teach(own(), to: base, isSealed: true).bytes)
    #expect(throws: Teacher.Failure.notLearnt(file: "mine.tsv", line: 1)) { try Teacher.forget(own(), in: sealed) }
    // The row of line 1 stands on two pages, that of line 2 on one.
    #expect(throws: Teacher.Failure.notLearnt(file: "mine.tsv", line: 2)) {
      try Teacher.forget(own(), in: taught, weight: 2)
    }
  }

  // MARK: What cannot be taught

  @Test func unknownLabels() throws {
    let pages = try Toy.pages("nav/menu\tHome\nnav/meny\tHome\n", file: "mine.tsv")
    #expect(throws: Teacher.Failure.unknownLabel("nav/meny", file: "mine.tsv", line: 2)) {
      try Teacher.teach(pages, to: base())
    }
  }

  @Test func noRows() throws {
    #expect(throws: Teacher.Failure.noRows) { try Teacher.teach(Toy.pages("skip\tHome\n"), to: base()) }
    #expect(throws: Teacher.Failure.noRows) { try Teacher.forget(Toy.pages("skip\tHome\n"), in: base()) }
  }

  @Test func moreRowsThanCountsHaveRoomFor() throws {
    var model = try base()
    let page = try Toy.pages(String(repeating: "nav/menu\tHome\n", count: 300))
    model = try open(Teacher.teach(page, to: model, weight: 800_000).bytes)
    #expect(throws: Teacher.Failure.tooManyRows(count: 480_000_000, limit: (1 << 28) - 1)) {
      try Teacher.teach(page, to: model, weight: 800_000)
    }
  }

  @Test func labelsOfAnotherModel() throws {
    #expect(throws: Trainer.Failure.otherLabels) {
      try Trainer.train(CountedPages(Toy.pair()), parametersOf: base())
    }
  }

  /// Whatever stands in a model's record of own rows: an error or a model, never a trap.
  @Test func damagedRecords() throws {
    let taught = try Teacher.teach(own(), to: base())
    let model = try open(taught.bytes).model
    let record = Array(try #require(model.ownRows))
    let row = try Toy.pages("nav/menu\tHome\n")
    var generator = SplitMix64(seed: 4)
    var refused = 0
    for round in 0..<200 {
      var changed = record
      if round % 4 == 0 { changed.removeLast(.random(in: 1...changed.count, using: &generator)) }
      for _ in 0..<2 where !changed.isEmpty {
        changed[.random(in: changed.indices, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      let model = try open(Self.model(taught.bytes, record: changed))
      do throws(Teacher.Failure) {
        _ = try Teacher.teach(row, to: model)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 100)
    let empty = try open(Self.model(taught.bytes, record: [1]))
    #expect(throws: Teacher.Failure.unusableBase("no base in section OWNR")) {
      try Teacher.teach(own(), to: empty)
    }
  }

  /// The model with another record.
  private static func model(_ bytes: [UInt8], record: [UInt8]) throws -> [UInt8] {
    let model = try LineClassifier(modelBytes: bytes).model
    let sections = 5
    var lengths: [Int] = []
    for section in 0..<sections {
      lengths.append(
        bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: 40 + 16 * section, as: UInt64.self)) })
    }
    let end = lengths.reduce(128) { ($0 + $1 + 63) / 64 * 64 }
    var body = ByteWriter()
    body.append(contentsOf: bytes[32..<112])
    body.append(contentsOf: record.isEmpty ? [0, 0, 0, 0] : Array("OWNR".utf8))
    body.append(UInt32(0))
    body.append(UInt64(record.count))
    body.append(contentsOf: bytes[128..<end])
    body.append(contentsOf: record)
    while (body.bytes.count + 32) % 64 != 0 { body.append(UInt8(0)) }
    var file = ByteWriter()
    file.append(contentsOf: bytes[..<16])
    file.append(UInt64(body.bytes.count + 32))
    file.append(body.bytes.withUnsafeBytes { Checksum.of($0) })
    file.append(contentsOf: body.bytes)
    #expect(model.ownRows != nil)
    return file.bytes
  }
}
