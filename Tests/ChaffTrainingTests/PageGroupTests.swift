import ChaffTraining
import Testing

struct PageGroupTests {
  private func page(_ name: String) -> LabelledPage { LabelledPage(file: "a.tsv", name: name, rows: []) }

  @Test(arguments: [
    ("site courier.example", "site courier.example"), ("page 12 site: courier.example lang en", "site courier.example"),
    ("from https://www.Courier.example/a/b", "site courier.example"),
    ("page 629339f5b680 by trafilatura", "page 629339f5b680"),
  ])
  func namesAreRead(name: String, group: String) {
    #expect(PageGroup.name(of: page(name)) == group)
  }

  @Test(arguments: ["", "first page", "page", "the site", "https:/nothing", "https:///x", "a comment // on pages"])
  func allOthersAreGroupsOfTheirOwn(name: String) {
    #expect(PageGroup.name(of: page(name)) == nil)
  }

  @Test func numbersFollowFirstSight() {
    let pages = ["site b", "", "site a", "", "site b"].map(page)
    #expect(PageGroup.numbers(pages) == [0, 1, 2, 3, 0])
  }
}
