import Testing

@testable import ChaffCommand

struct TextTableTests {
  private func table(_ width: Int) -> [Substring] {
    var table = TextTable(
      [["a very long title of a column", "another"], ["short", "x"]], style: TextStyle(width: width, isColoured: false))
    table.add([["row", "1,000.5 (.1–.2)"], ["a name that is longer than what fits in forty columns", "1,000.5"]])
    return table.text.split(separator: "\n")
  }

  @Test func theWidestWayThatFitsIsShown() {
    #expect(table(80)[1].hasSuffix("1,000.5 (.1–.2)") && table(80)[0].hasPrefix("a very long title of a column  "))
    #expect(table(46)[0].count == 46)
    #expect(table(45)[0].hasPrefix("short"))
  }

  @Test func wideLettersAreAligned() {
    var table = TextTable([["標籤", "rows"]], style: TextStyle(width: 80, isColoured: false))
    table.add([["導覽/選單", "12"]])
    table.add([["content", "1,234"]])
    let lines = table.text.split(separator: "\n")
    #expect(lines.map(TerminalText.width) == [16, 16, 16])
    #expect(lines[0] == "標籤        rows" && lines[1] == "導覽/選單     12")
  }

  @Test func theNarrowestIsCutToFit() {
    let lines = table(40)
    #expect(lines.allSatisfy { $0.count == 40 })
    #expect(lines[1].hasSuffix("…  1,000.5") && lines[0].hasSuffix("        x"))
  }
}
