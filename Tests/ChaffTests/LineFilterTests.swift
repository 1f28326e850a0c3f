import Chaff
import Testing

struct LineFilterTests {
  /// What comes through of rows: "k" kept, "d" dropped, "_" blank.
  private func filtered(_ rows: String) -> String {
    var filter = LineFilter(isKept: [true], threshold: 0.5)
    return rows.reduce(into: "") { result, row in
      let verdict = filter.verdict(row == "_" ? nil : row == "k" ? 0.5 : 0.49)
      if verdict.needsBlank { result += "_" }
      if verdict.isKept { result.append(row) }
    }
  }

  @Test(
    arguments: [
      ("", ""), ("k", "k"), ("d", ""), ("kdk", "kk"), ("k_k", "k_k"), ("k__k", "k__k"), ("__k", "__k"), ("k__", "k__"),
      ("k_d_k", "k_k"), ("kd_k", "k_k"), ("k_dk", "k_k"), ("kd_d_dk", "k_k"), ("kd___k", "k_k"), ("k__d__k", "k__k"),
      ("d_k", "k"), ("_d_k", "_k"), ("d_d_k", "k"), ("kd_", "k"), ("k_d_", "k_"), ("kd_kd_k", "k_k_k"),
      ("kd_k_k", "k_k_k"), ("kd_kdk", "k_kk"),
    ])
  func `Blank rows stay, and those that dropped lines leave shrink to one`(_ rows: String, _ expected: String) {
    #expect(filtered(rows) == expected)
  }

  @Test func `A line is kept from the threshold on`() {
    var filter = LineFilter(isKept: [true], threshold: 0.25)
    #expect(filter.verdict(0.25).isKept)
    #expect(!filter.verdict(0.2499).isKept)
  }

  @Test func `The probability of a line is the sum of what is kept`() {
    let filter = LineFilter(isKept: [true, false, true], threshold: 0)
    #expect(filter.probability([0.5, 0.25, 0.125]) == 0.625)
  }

  @Test func `Members are labels and labels of categories`() throws {
    let labels = LabelSet(try ["a/x", "a/y", "ab", "b/x"].map { try #require(Label($0)) })
    #expect(labels.members(of: ["a"]) == [true, true, false, false])
    #expect(labels.members(of: ["b/x", "a/y"]) == [false, true, false, true])
    #expect(labels.members(of: ["x", "a/"]) == [false, false, false, false])
    #expect(labels.members(of: []) == [false, false, false, false])
  }
}
