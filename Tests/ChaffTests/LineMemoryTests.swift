import ChaffTraining
import Testing

@testable import Chaff

/// What is remembered of short lines is what would be found, and of no other line.
struct LineMemoryTests {
  private func key(_ line: [UInt8]) -> LineMemory.Key {
    // What stands behind the line makes no difference.
    let behind = (0..<16).map { _ in UInt8.random(in: 0...255) }
    return LineMemory.Key(line + [0x0a] + behind, count: line.count)
  }

  private func remember(_ line: [UInt8], form: UInt8, _ likelihoods: Float, in memory: LineMemory) {
    memory.forms[LineMemory.place(ofNew: 0)] = form
    memory.likelihoods[LineMemory.place(ofNew: 0)] = SIMD16(repeating: likelihoods)
    memory.remember(key(line), new: 0)
  }

  private static let lines: [[UInt8]] =
    [[], [0], [0, 0], [0x61], [0x61, 0], [0x61, 0, 0], [0x61, 0x0d]]
    + (2...LineMemory.longestLine).map { [UInt8](repeating: 0x61, count: $0) }

  @Test func `A line is known by all its bytes and its length`() {
    for line in Self.lines {
      let memory = LineMemory(groups: 1)
      #expect(Self.lines.allSatisfy { !memory.has(key($0)) })
      remember(line, form: 3, 0.5, in: memory)
      #expect(Self.lines.filter { memory.has(key($0)) } == [line])
      #expect(memory.forms[key(line).place] == 3 && memory.likelihoods[key(line).place] == SIMD16(repeating: 0.5))
    }
  }

  @Test func `The next line of a place takes over`() {
    var generator = SplitMix64(seed: 960)
    let memory = LineMemory(groups: 1)
    let lines = (0..<10_000).map { _ in
      (0..<Int.random(in: 4...15, using: &generator)).map { _ in UInt8.random(in: 0x20...0x7e, using: &generator) }
    }
    for (number, line) in lines.enumerated() { remember(line, form: UInt8(number % 200), Float(number), in: memory) }
    var last: [Int: Int] = [:]
    for (number, line) in lines.enumerated() { last[key(line).place] = number }
    for (number, line) in lines.enumerated() {
      #expect(memory.has(key(line)) == (last[key(line).place] == number))
    }
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
