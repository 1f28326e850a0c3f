import Foundation
import Testing

@Suite struct CheckTests {
  @Test func cleanDataHasSharesAndNoFaults() throws {
    let files = try Scratch()
    try files.write("a.tsv", Sample.labelled)
    let result = try ChaffProcess(["check", files.path("a.tsv")])
    #expect(result.code == 0)
    #expect(result.messages.isEmpty)
    #expect(result.output.hasPrefix("2 pages and 0 parts, 7 rows, 0 faults, 0 notes\n"))
    #expect(result.output.contains("57.1 %"))
  }

  @Test func faultsAreNamedAndEndWith65() throws {
    let files = try Scratch()
    let text = "the vote passed by seven to two late on monday night in the town hall"
    try files.write("a.tsv", "content/body\t\(text)\n\ncontent/body\tIn other news, \(text)\nads/box\tBuy\n")
    let path = files.path("a.tsv")
    let result = try ChaffProcess(["check", path])
    #expect(result.code == 65)
    #expect(
      result.messages == """
        chaff: \(path):3: ten words in a row that also stand at \(path):1
        chaff: \(path):4: unknown label ads/box

        """)
    #expect(try ChaffProcess(["check", "--any-label", path]).messages.contains("unknown") == false)
  }

  @Test func notesAreShownWhenAskedFor() throws {
    let files = try Scratch()
    try files.write("a.tsv", "navigation/menu\tHome\n")
    let path = files.path("a.tsv")
    #expect(try ChaffProcess(["check", path]).output.contains("note:") == false)
    let result = try ChaffProcess(["check", "--notes", path])
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("\(path):1: note: a page without an article: a list?\n"))
  }
}
