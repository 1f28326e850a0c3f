import ChaffTraining
import Testing

struct PageGroupTests {
  private func page(_ name: String) -> LabelledPage { LabelledPage(file: "a.tsv", name: name, rows: []) }

  @Test(arguments: [
    ("site courier.example", "site courier.example"), ("page 12 site: courier.example lang en", "site courier.example"),
    ("from https://www.Courier.example/a/b", "site courier.example"),
    ("HTTP://reader:secret@courier.example:8080?page=1", "site courier.example"),
    ("page 629339f5b680 by trafilatura", "page 629339f5b680"),
  ])
  func namesAreRead(name: String, group: String) {
    #expect(PageGroup.name(of: page(name)) == group)
  }

  @Test(arguments: [
    "", "first page", "page", "the site", "https:/nothing", "https:///x", "http://:80/x", "a comment // on pages",
  ])
  func allOthersAreGroupsOfTheirOwn(name: String) {
    #expect(PageGroup.name(of: page(name)) == nil)
  }

  @Test func aSiteOfItsOwnComesFirst() {
    var page = page("https://other.example/1")
    page.site = "courier.example"
    #expect(PageGroup.name(of: page) == "site courier.example")
    page.site = ""
    #expect(PageGroup.name(of: page) == "site other.example")
  }

  @Test func numbersFollowFirstSight() {
    let pages = ["site b", "", "site a", "", "site b"].map(page)
    #expect(PageGroup.numbers(pages) == [0, 1, 2, 3, 0])
  }
}
