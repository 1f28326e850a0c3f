import ChaffTraining
import Testing

@testable import Chaff

/// What is remembered of short lines is what would be found, and of no other line.
struct LineMemoryTests {
  /// The rows of lines, and which of them are known. What stands behind a line makes no difference.
  private func read(_ lines: [[UInt8]], _ memory: LineMemory) -> (rows: ChunkRows, isKnown: [Bool]) {
    let text = LineText()
    for line in lines { withBuffer(line) { text.append($0) } }
    let rows = ChunkRows()
    #expect(rows.read(text, from: 0, memory) == lines.count)
    return (rows, (0..<lines.count).map { rows.places[$0] < LineMemory.placeCount })
  }

  private func isKnown(_ line: [UInt8], _ memory: LineMemory) -> Bool { read([line], memory).isKnown == [true] }

  private func remember(_ line: [UInt8], form: UInt8, _ likelihoods: Float, in memory: LineMemory) -> Int {
    memory.forms[LineMemory.place(ofNew: 0)] = form
    memory.likelihoods[LineMemory.place(ofNew: 0)] = SIMD16(repeating: likelihoods)
    let rows = read([line], memory).rows
    memory.remember(rows.shortRows)
    return rows.shortRows.first.map { Int($0.place) } ?? -1
  }

  private static let lines: [[UInt8]] =
    [[], [0], [0, 0], [0x61], [0x61, 0], [0x61, 0, 0], [0x61, 0x0d]]
    + (2...LineMemory.longestLine).map { [UInt8](repeating: 0x61, count: $0) }

  @Test func `A line is known by all its bytes and its length`() {
    for line in Self.lines {
      let memory = LineMemory(groups: 1)
      #expect(read(Self.lines, memory).isKnown.allSatisfy { !$0 })
      let place = remember(line, form: 3, 0.5, in: memory)
      #expect(read(Self.lines, memory).isKnown == Self.lines.map { $0 == line })
      #expect(memory.forms[place] == 3 && memory.likelihoods[place] == SIMD16(repeating: 0.5))
    }
  }

  @Test func `A longer line is not remembered`() {
    let memory = LineMemory(groups: 1)
    for count in [16, 17, 63, 64, 65, 20_000] {
      let line = [UInt8](repeating: 0x61, count: count)
      #expect(remember(line, form: 3, 0.5, in: memory) == -1 && !isKnown(line, memory))
    }
  }

  @Test func `New rows are brought together`() {
    let memory = LineMemory(groups: 1)
    for line in [[0x61], [], [0x62, 0x63]] as [[UInt8]] { _ = remember(line, form: 0, 1, in: memory) }
    let long = [UInt8](repeating: 0x64, count: 200)
    let rows = read([[0x61], [0x61, 0x61], [], long, [], [0x62, 0x63], [0x78]], memory).rows
    let new = [[0x61, 0x61], long, [0x78]].joined(separator: [0x0a]) + [0x0a]
    #expect(rows.feeds.map { Int($0) } == new.indices.filter { new[$0] == 0x0a })
    #expect(Array(UnsafeBufferPointer(start: rows.bytes, count: new.count)) == Array(new))
    #expect(rows.shortRows.map { $0.row } == [0, 2])
  }

  @Test func `The next line of a place takes over`() {
    var generator = SplitMix64(seed: 960)
    let memory = LineMemory(groups: 1)
    let lines = (0..<10_000).map { _ in
      (0..<Int.random(in: 4...15, using: &generator)).map { _ in UInt8.random(in: 0x20...0x7e, using: &generator) }
    }
    var (last, places): ([Int: Int], [Int]) = ([:], [])
    for (number, line) in lines.enumerated() {
      places.append(remember(line, form: UInt8(number % 200), Float(number), in: memory))
      last[places[number]] = number
    }
    for (number, line) in lines.enumerated() { #expect(isKnown(line, memory) == (last[places[number]] == number)) }
    #expect(last.allSatisfy { memory.likelihoods[$0] == SIMD16(repeating: Float($1)) })
  }

  /// Evidence of lines that are scored by one who has scored others.
  @Test(arguments: 0..<4)
  func `Lines that come again are scored as they were the first time`(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: 961 + seed)
    let words = ["Home", "a", "A", " ", "", "News", "\r", "\0", "é", "©", "2024", "12:30", "|", "Sign up", "B\u{a0}"]
    func line() -> [UInt8] {
      let count = Int.random(in: 0...(Int.random(in: 0..<9, using: &generator) == 0 ? 40 : 3), using: &generator)
      return (0..<count).flatMap { _ in Array((words.randomElement(using: &generator) ?? "").utf8) }
    }
    let bytes = seed % 2 == 0 ? try TestModel.trained.get() : try TestModel.wide.get()
    let model = try TestModel.open(bytes)
    let used = LineScorer(model: model)
    for _ in 0..<5 {
      let lines = (0..<700).map { _ in line() }
      let text = LineText()
      var expected = (evidence: LineEvidence(groups: model.labelGroups), isBlank: [Bool]())
      for line in lines {
        withBuffer(line) { text.append($0) }
        let one = LineText()
        withBuffer(line) { one.append($0) }
        LineScorer(model: model).score(one, to: &expected.evidence, isBlank: &expected.isBlank)
      }
      var found = (evidence: LineEvidence(groups: model.labelGroups), isBlank: [Bool]())
      used.score(text, to: &found.evidence, isBlank: &found.isBlank)
      #expect(found.isBlank == expected.isBlank && found.evidence.forms == expected.evidence.forms)
      #expect(found.evidence.likelihoods == expected.evidence.likelihoods)
    }
  }
}
