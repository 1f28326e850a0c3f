@testable import ChaffTraining
import Testing

struct FoldsTests {
  @Test func pagesAreDealtOutInTurn() {
    let folds = Folds(count: 3)
    #expect((0..<8).map(folds.fold(ofPage:)) == [0, 1, 2, 0, 1, 2, 0, 1])
  }

  @Test(arguments: 2...6)
  func foldsDifferByOnePageAtMost(_ count: Int) {
    let folds = Folds(count: count)
    var sizes = [Int](repeating: 0, count: count)
    for page in 0..<17 { sizes[folds.fold(ofPage: page)] += 1 }
    #expect(sizes.reduce(0, +) == 17)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }
}
