import Chaff
import ChaffTraining
import Foundation
import Testing

@testable import ChaffCommand

struct PageMapSectionTests {
  private func section(_ text: String, limit: Int? = nil) throws -> String {
    let pages = try LabelledPageReader.read(Array(text.utf8), file: "a.tsv")
    var bytes: [UInt8] = []
    PageMapSection(Evaluation(pages, classifier: .standard), limit: limit).write(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func everyRowIsOnItsMap() throws {
    let html = try section("navigation/menu\tHome\nskip\tSport\nregistration/paywall\tContact us\n")
    #expect(html.components(separatedBy: "<details class=\"page\">").count == 2)
    #expect(html.components(separatedBy: "<tr").count == 5)
    #expect(html.contains("viewBox=\"0 0 3 12\""))
    // Gold: menu, nothing, paywall; the last is taken for a menu.
    #expect(html.contains("<path class=\"f3\" d=\"M2 0h1v5h-1z\"/>"))
    #expect(html.contains("<path class=\"unscored\" d=\"M1 0h1v5h-1zM1 7h1v5h-1z\"/>"))
    #expect(html.contains("<path class=\"fault\" d=\"M2 5h1v2h-1z\"/>"))
    #expect(html.contains("1 of 2 wrong") && html.contains("<tr class=\"wrong\"><td>✗ 3</td>"))
  }

  @Test func thePagesWithTheMostWrongLinesComeFirst() throws {
    let pages = (0..<PageMapSection.pageLimit + 20).map { number in
      "# page\(number) \n" + (number == 215 ? "donation/appeal\tHome\n" : "navigation/menu\tHome\n")
    }
    let text = pages.joined(separator: "\n")
    let html = try section(text)
    #expect(html.contains("200 of 220 pages") && html.contains("--report-pages N"))
    let few = try section(text, limit: 3)
    #expect(few.contains("3 of 220 pages") && few.components(separatedBy: "<details class=\"page\">").count == 4)
    #expect(few.contains("<bdi>page215</bdi>"))
    let all = try section(text, limit: 1_000)
    #expect(all.contains("All 220 pages") && !all.contains("--report-pages"))
    #expect(all.components(separatedBy: "<details class=\"page\">").count == 221)
    #expect(html.components(separatedBy: "<details class=\"page\">").count == PageMapSection.pageLimit + 1)
    #expect(html.range(of: "<bdi>page215</bdi>").map { html[..<$0.lowerBound].contains("<bdi>page0</bdi>") } == false)
  }
}
