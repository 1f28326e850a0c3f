import Testing

@testable import ChaffCommand

struct HTMLTextTests {
  @Test func nothingIsMarkup() {
    #expect(HTMLText.escaped("<a href=\"x\" b='y'>&") == "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;")
    #expect(HTMLText.escaped("\u{202e}x\u{0}") == "\u{fffd}x\u{2400}")
  }

  @Test func linesAreIsolatedAndCut() {
    #expect(HTMLText.line(Array("abcdef".utf8), limit: 4) == "<bdi dir=\"auto\">abc…</bdi>")
    #expect(HTMLText.line([0xff]) == "<bdi dir=\"auto\">\u{fffd}</bdi>")
  }

  @Test func tablesNameTheirRowsAndScroll() {
    var table = HTMLTable("a & b", ["", "x<y"])
    table.add("<row>", ["1"], series: 2)
    #expect(table.html.contains("aria-label=\"a &amp; b\"") && table.html.contains("tabindex=\"0\""))
    #expect(table.html.contains("<th scope=\"row\" class=\"t2\">&lt;row&gt;</th><td>1</td>"))
    #expect(table.html.contains("<th scope=\"col\">x&lt;y</th>"))
  }
}
