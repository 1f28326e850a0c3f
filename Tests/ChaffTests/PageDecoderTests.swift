import Chaff
import ChaffTraining
import Testing

struct PageDecoderTests {
  private let vocabulary = ["Home", "Sport", "the", "river", "bridge", "was", "Sign up", "free", "© 2024"]

  private func page(_ lines: Int, seed: UInt64) -> [[UInt8]] {
    var generator = SplitMix64(seed: seed)
    return (0..<lines).map { _ in
      let count = Int.random(in: 1...4, using: &generator)
      let words = (0..<count).map { _ in vocabulary[Int.random(in: 0..<vocabulary.count, using: &generator)] }
      return Array(words.joined(separator: " ").utf8)
    }
  }

  /// Posteriors of the rows of a page, by a model of at most sixteen labels; nil for a blank row.
  private func rows(_ batch: PageDecoder.Batch, _ model: Model) -> [[Double]?] {
    batch.rows.map { row in
      row < 0 ? nil : (0..<model.labels.count).map { Double(batch.posteriors[row][$0]) }
    }
  }

  private func decode(_ lines: [[UInt8]], _ decoder: PageDecoder, _ model: Model) -> [[Double]?] {
    var decoder = decoder
    for line in lines { withBuffer(line) { decoder.add($0) } }
    decoder.endPage()
    return rows(decoder.decided, model)
  }

  /// All lines decoded at once, without windows.
  private func exact(_ lines: [[UInt8]], _ model: Model) -> [[Double]] {
    let scorer = LineScorer(model: model)
    var evidence = LineEvidence(groups: model.labelGroups)
    for line in lines {
      let text = LineText()
      var isBlank: [Bool] = []
      withBuffer(line) { text.append($0) }
      scorer.score(text, to: &evidence, isBlank: &isBlank)
    }
    var decoder = ForwardBackward(chain: model.chain)
    var posteriors: [SIMD16<Float>] = []
    decoder.decode(evidence, decided: evidence.count, isEnd: true, posteriors: &posteriors)
    return posteriors.map { vector in (0..<model.labels.count).map { Double(vector[$0]) } }
  }

  @Test func `A long page is decoded in windows as it would be at once`() throws {
    let model = try TestModel.model()
    let lines = page(7000, seed: 150)
    let windows = decode(lines, PageDecoder(model: model), model).compactMap(\.self)
    #expect(distance(windows, exact(lines, model)) <= 1e-4)
  }

  @Test func `A page up to the length of a window is decoded exactly`() throws {
    let model = try TestModel.model()
    let lines = page(LineText.rowLimit, seed: 151)
    #expect(decode(lines, PageDecoder(model: model), model).compactMap(\.self) == exact(lines, model))
  }

  @Test(arguments: [1, 7, 1000])
  func `When results are taken makes no difference`(_ step: Int) throws {
    let model = try TestModel.model()
    var lines = page(7000, seed: 152)
    for index in stride(from: 0, to: lines.count, by: 9) { lines[index] = [] }
    var decoder = PageDecoder(model: model)
    var taken: [[Double]?] = []
    for (index, line) in lines.enumerated() {
      withBuffer(line) { decoder.add($0) }
      guard index % step == 0 else { continue }
      taken += rows(decoder.decided, model)
      decoder.decided.removeAll()
    }
    #expect(!taken.isEmpty, "a window was decided before the page ended")
    decoder.endPage()
    taken += rows(decoder.decided, model)
    #expect(taken == decode(lines, PageDecoder(model: model), model))
  }

  @Test func `Blank rows stay where they are and take no part`() throws {
    let model = try TestModel.model()
    let lines = page(5, seed: 153)
    let blank = Array(" \t".utf8)
    let spaced = [blank, lines[0], blank, [], lines[1], lines[2], lines[3], blank, lines[4], []]
    let found = decode(spaced, PageDecoder(model: model), model)
    #expect(found.map { $0 == nil } == [true, false, true, true, false, false, false, true, false, true])
    #expect(found.compactMap(\.self) == decode(lines, PageDecoder(model: model), model).compactMap(\.self))
  }

  @Test func `Blank rows stay where they are across windows`() throws {
    let model = try TestModel.model()
    let lines = page(3000, seed: 154)
    var isBlank: [Bool] = []
    var spaced: [[UInt8]] = []
    for (index, line) in lines.enumerated() {
      // Blanks before and after the lines at which windows are cut.
      let blanks = (2040...2050).contains(index) || index % 100 == 0 ? 2 : 0
      spaced += Array(repeating: [], count: blanks) + [line]
      isBlank += Array(repeating: true, count: blanks) + [false]
    }
    let found = decode(spaced, PageDecoder(model: model), model)
    #expect(found.map { $0 == nil } == isBlank)
    // Windows are cut elsewhere then.
    let dense = decode(lines, PageDecoder(model: model), model).compactMap(\.self)
    #expect(distance(found.compactMap(\.self), dense) <= 1e-4)
  }

  @Test func `A page of blank rows, and one without rows, have nothing to decide`() throws {
    let model = try TestModel.model()
    #expect(decode([[], []], PageDecoder(model: model), model) == [nil, nil])
    #expect(decode([], PageDecoder(model: model), model).isEmpty)
  }

  @Test func `Pages do not touch each other`() throws {
    let model = try TestModel.model()
    let (first, second) = (page(6, seed: 155), page(4, seed: 156))
    var decoder = PageDecoder(model: model)
    for lines in [first, second] {
      for line in lines { withBuffer(line) { decoder.add($0) } }
      decoder.endPage()
    }
    let apart = [first, second].flatMap { decode($0, PageDecoder(model: model), model) }
    #expect(rows(decoder.decided, model) == apart)
  }

  @Test func `Much text is decided before the page ends`() throws {
    let model = try TestModel.model()
    let line = Array("Home".utf8) + Array(repeating: 0x20, count: LineText.byteLimit / 4)
    var decoder = PageDecoder(model: model)
    for _ in 0..<7 { withBuffer(line) { decoder.add($0) } }
    #expect(decoder.decided.rows.isEmpty)
    withBuffer(line) { decoder.add($0) }
    #expect(decoder.decided.rows == [0, 1, 2, 3])
    decoder.endPage()
    #expect(decoder.decided.rows.count == 8)
  }

  @Test func `A line that is too long is judged by its beginning, with what came before`() throws {
    let model = try TestModel.model()
    let head = Array("Sign up to our free newsletter ".utf8)
    let long = (0..<LineText.lineLimit / head.count + 1).flatMap { _ in head }
    let lines = page(5, seed: 159) + [long + head] + page(5, seed: 160)
    var decoder = PageDecoder(model: model)
    for line in lines[...5] { withBuffer(line) { decoder.add($0) } }
    #expect(decoder.decided.rows == [0, 1, 2, 3, 4, 5], "nothing waits behind it")
    let other = lines[..<5] + [long + Array("the river".utf8)] + lines[6...]
    let found = decode(lines, PageDecoder(model: model), model)
    #expect(found == decode(Array(other), PageDecoder(model: model), model), "what is beyond the limit does not count")
    #expect(found.count == 11)
  }

  @Test(arguments: 0..<6)
  func `Text in pieces is judged as its lines are one by one`(_ seed: UInt64) throws {
    let model = try TestModel.model()
    var generator = SplitMix64(seed: 170 + seed)
    var lines = page(4000, seed: 180 + seed)
    lines[17] = []
    lines[1200] = Array(repeating: 0x61, count: LineText.lineLimit + Int(seed) - 2)
    let text = lines.reduce(into: [UInt8]()) { $0 += $1 + [0x0a] }
    var decoder = PageDecoder(model: model)
    var next = 0
    while next < text.count {
      let end = min(text.count, next + Int.random(in: 1...50_000, using: &generator))
      text[next..<end].withUnsafeBufferPointer { decoder.add(text: $0) }
      next = end
    }
    decoder.endPage()
    #expect(rows(decoder.decided, model) == decode(lines, PageDecoder(model: model), model))
  }

  @Test func `Lines alone are likelihood times share`() throws {
    let model = try TestModel.model()
    let lines = page(4, seed: 157)
    let found = decode(lines, PageDecoder(model: model, linesAlone: true), model).compactMap(\.self)
    let scorer = LineScorer(model: model)
    let expected = lines.map { line in
      let logs = withBuffer(line) { scorer.logLikelihoods($0) }
      let weights = logs.indices.map { Reproducible.exp(Double(logs[$0])) * Double(model.chain.prior[0][$0]) }
      return weights.map { $0 / weights.reduce(0, +) }
    }
    #expect(distance(found, expected) <= 1e-4)
  }

  @Test(arguments: [false, true])
  func `On a page of one line a category is there as probably as the line is of it`(_ linesAlone: Bool) throws {
    let model = try TestModel.model()
    var decoder = PageDecoder(model: model, linesAlone: linesAlone, tracksPresence: true)
    withBuffer(Array("Sign up the river".utf8)) { decoder.add($0) }
    decoder.endPage()
    let posteriors = try #require(rows(decoder.decided, model)[0])
    let sums = model.labels.categories.indices.map { category in
      posteriors.indices.reduce(0) { model.labels.categoryOfLabel[$1] == category ? $0 + posteriors[$1] : $0 }
    }
    #expect(distance([decoder.pagePresence], [sums]) <= 1e-5)
  }

  @Test func `Presence is only worked out when asked for, and anew for each page`() throws {
    let model = try TestModel.model()
    var decoder = PageDecoder(model: model)
    decoder.endPage()
    #expect(decoder.pagePresence.isEmpty)
    decoder = PageDecoder(model: model, tracksPresence: true)
    for line in page(30, seed: 158) { withBuffer(line) { decoder.add($0) } }
    decoder.endPage()
    #expect(decoder.pagePresence.allSatisfy { (0...1).contains($0) } && decoder.pagePresence.contains { $0 > 0 })
    decoder.endPage()
    #expect(decoder.pagePresence == [0, 0, 0])
  }
}
