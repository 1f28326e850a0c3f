import Testing

@testable import ChaffTraining

struct FilledArrayTests {
  @Test func elementsAreThoseThatWereFilledIn() {
    let squares = [Int](count: 5) { elements in
      for index in 0..<5 { (elements + index).initialize(to: index * index) }
    }
    #expect(squares == [0, 1, 4, 9, 16])
  }

  @Test func anEmptyArrayIsNotFilled() {
    var isFilled = false
    #expect([Int](count: 0) { _ in isFilled = true }.isEmpty)
    #expect(!isFilled)
  }
}
