import Foundation
import Testing

@testable import ChaffCommand

struct ReportColoursTests {
  private func luminance(_ colour: Substring) -> Double {
    let number = UInt32(colour.dropFirst(), radix: 16) ?? 0
    func channel(_ shift: UInt32) -> Double {
      let value = Double(number >> shift & 0xff) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
  }

  private func contrast(_ one: Substring, _ other: Substring) -> Double {
    let (a, b) = (luminance(one), luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private func colours(_ text: String) -> [Substring] {
    text.split(separator: ";").compactMap { $0.split(separator: ":").last }
  }

  @Test(arguments: [(false, "#ffffff"), (true, "#14171c")])
  func everyColourCanBeReadOnItsPage(isDark: Bool, page: String) {
    let names = ["content", "donation", "navigation", "registration"] + (0..<6).map { "other\($0)" }
    // Names of no standard category take the other colours by their place.
    for categories in [names, Array(names.reversed()), (0..<6).map { "other\($0)" }] {
      let found = colours(ReportColours(categories: categories).variables(isDark: isDark))
      #expect(found.count == categories.count)
      for colour in found { #expect(contrast(colour, page[...]) >= 4.5, "\(colour)") }
    }
  }

  @Test func everyCategoryHasItsRules() {
    let rules = ReportColours(categories: ["a", "b", "c"]).rules
    for name in [".t2{", ".f2{", ".s2{", ".errors .b2{"] { #expect(rules.contains(name)) }
    #expect(!rules.contains(".t3{"))
  }
}
