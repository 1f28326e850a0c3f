import CLanes
import Testing

@testable import Chaff

struct LengthClassTests {
  /// The fewest and the most words of each class.
  private static let bounds = [(0, 1), (2, 2), (3, 4), (5, 8), (9, 16), (17, 40), (41, Int.max)]

  @Test func `A number of words falls into the class whose bounds it lies between`() {
    #expect(LengthClass.count == Self.bounds.count)
    for (index, (least, most)) in Self.bounds.enumerated() {
      for words in [least, most, min(least + 1, most)] { #expect(LengthClass.of(words: words) == index, "\(words)") }
    }
    for words in 0...100 {
      #expect(LengthClass.of(words: words) == Self.bounds.firstIndex { words <= $0.1 }, "\(words)")
    }
  }

  @Test func `Huge numbers are in the last class`() {
    for words in [1000, 65_536, Int(Int32.max), Int(Int32.max) + 1, Int(UInt32.max), Int.max] {
      #expect(LengthClass.of(words: words) == LengthClass.count - 1)
    }
  }

  @Test func `Classes have names`() {
    #expect((0..<LengthClass.count).map { LengthClass.name($0) } == ["0…1", "2", "3…4", "5…8", "9…16", "17…40", "41…"])
  }

  @Test func `The ranges that lines are read with have the same bounds`() {
    let ranges = LengthClass.ranges
    #expect(ranges.count == LengthClass.count - 1)
    let bounds = (0..<ranges.count).map { Int(ranges.bounds[$0]) }
    #expect(bounds == Self.bounds.dropLast().map { $0.1 })
  }
}
