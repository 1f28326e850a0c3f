import Chaff
import Testing

struct PagePhasesTests {
  /// Labels: 0 `article/text`, 1 `article/title`, 2 `menu`, 3 `nag`.
  private func phases() throws -> PagePhases {
    PagePhases(LabelSet(try ["article/text", "article/title", "menu", "nag"].map { try #require(Label($0)) }), text: 0)
  }

  @Test(
    arguments: [
      ([], ""), ([2, 3, 2], "lll"), ([0], "a"), ([2, 1, 2, 0, 3, 0, 1, 2], "bhhaaaff"), ([1, 2], "hh"), ([2, 1], "bh"),
      ([0, 2, 0], "aaa"), ([3, 0, 3, 1], "baff"), ([nil, 2, nil, 0, nil], "-b-a-"), ([nil], "-"), ([nil, 2], "-l"),
    ] as [([Int?], String)])
  func `Labels tell the phases of a page's lines`(_ labels: [Int?], _ expected: String) throws {
    let letters: [PagePhases.Phase: String] = [.list: "l", .before: "b", .head: "h", .article: "a", .after: "f"]
    let found = try phases().phases(of: labels)
    #expect(found.map { $0.flatMap { letters[$0] } ?? "-" }.joined() == expected)
  }

  /// Every step between labelled lines of a page is one of those that are counted.
  @Test func `Pages of any labels lead from place to place`() throws {
    let phases = try phases()
    var pages: [[Int]] = [[]]
    for _ in 0..<6 {
      pages = pages.flatMap { page in (0..<4).map { page + [$0] } }
      for page in pages {
        let places = zip(page, phases.phases(of: page)).map { label, phase in
          phases.place(PagePhases.Position(phase: phase ?? .list, label: label))
        }
        #expect(places.allSatisfy { phases.position($0) != nil })
        #expect(zip(places, places.dropFirst()).allSatisfy { phases.step(from: $0, to: $1) != nil })
      }
    }
  }

  @Test func `Steps are numbered without gaps, and lead on but not back`() throws {
    let phases = try phases()
    let places = 0..<phases.placeCount
    let steps = places.flatMap { from in
      places.compactMap { to in phases.step(from: from, to: to).map { (from: from, to: to, number: $0) } }
    }
    #expect(steps.map(\.number) == Array(0..<phases.stepCount))
    for step in steps {
      let from = try #require(phases.position(step.from))
      let to = try #require(phases.position(step.to))
      #expect(from.phase.rawValue <= to.phase.rawValue)
      #expect(from.phase == to.phase || from.phase != .list)
    }
  }

  @Test func `Without a text, or with more labels than a vector has lanes, there is one phase`() throws {
    let wide = LabelSet(try (0..<17).map { try #require(Label("kind\($0)")) })
    for phases in [PagePhases(labelCount: 17), PagePhases(wide, text: 3), PagePhases(wide, text: nil)] {
      #expect(phases.count == 1 && phases.text == nil && phases.stepCount == 17 * 17)
      #expect(phases.phases(of: [3, nil, 0]) == [.list, nil, .list])
      #expect((0..<17).allSatisfy { phases.position($0) == PagePhases.Position(phase: .list, label: $0) })
    }
  }
}
