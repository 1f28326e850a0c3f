import ChaffTraining
import Testing

@testable import Chaff

struct LanesTests {
  @Test func `The tree sum adds all lanes`() {
    var vector = SIMD16<Float>(repeating: 0)
    for lane in 0..<16 { vector[lane] = Float(1 << lane) }
    #expect(vector.treeSum == 65_535)
  }

  @Test func `The tree sum adds halves first`() {
    // Added from the left, the ones would be lost beside 2^24.
    var vector = SIMD16<Float>(repeating: 1)
    vector[0] = 16_777_216
    vector[8] = -16_777_216
    #expect(vector.treeSum == 14)
  }

  @Test func `The largest lane is found to a sixteenth, wherever it stands`() {
    for lane in 0..<16 {
      var vector = SIMD16<Float>(repeating: -100_000)
      vector[lane] = 3.25
      #expect(vector.roughlyLargest == 3.25)
    }
    var generator = SplitMix64(seed: 5)
    for range: ClosedRange<Float> in [-1...1, -300...0, -250_000...250_000] {
      for _ in 0..<200 {
        var vector = SIMD16<Float>(repeating: 0)
        for lane in 0..<16 { vector[lane] = .random(in: range, using: &generator) }
        let largest = vector.array.max() ?? 0
        #expect(abs(vector.roughlyLargest - largest) <= 0.0625, "\(vector)")
      }
    }
  }

  @Test func `Positions are a permutation, and ordered rows stand in them`() {
    let positions = (0..<16).map { RowSums.position(ofLane: $0) }
    #expect(positions.sorted() == Array(0..<16))
    // Low halves of 16-bit pairs hold lanes 0…7, in pairs of neighbours again.
    #expect(positions == [0, 4, 8, 12, 2, 6, 10, 14, 1, 5, 9, 13, 3, 7, 11, 15])
    let row = (0..<16).map { Int8($0) }
    #expect((0..<16).allSatisfy { RowSums.ordered(row)[positions[$0]] == row[$0] })
    let numbers = SIMD16<Float>((0..<16).map { Float($0) })
    #expect((0..<16).allSatisfy { RowSums.ordered(numbers)[positions[$0]] == numbers[$0] })
  }

  @Test func `A row that is ordered and added comes out in order`() {
    let row: [Int8] = [0, 1, -1, 2, -2, 127, -127, -128, 64, -64, 5, -5, 100, -100, 33, -33]
    var sums = RowSums()
    sums.add(vector(RowSums.ordered(row)))
    #expect(sums.lanes.array == row.map(Int32.init))
  }

  @Test func `Sums of rows equal sums of numbers`() {
    var generator = SplitMix64(seed: 6)
    var expected = [Int32](repeating: 0, count: 16)
    var sums = RowSums()
    for _ in 0..<200 {
      let row = (0..<16).map { _ in Int8.random(in: -128...127, using: &generator) }
      sums.add(vector(RowSums.ordered(row)))
      for lane in 0..<16 { expected[lane] += Int32(row[lane]) }
      #expect(sums.lanes.array == expected)
    }
  }

  @Test(arguments: [Int8(127), -127])
  func `258 rows of the largest size do not overflow`(_ value: Int8) {
    var sums = RowSums()
    for _ in 0..<258 { sums.add(SIMD16(repeating: value)) }
    #expect(sums.lanes.array == Array(repeating: 258 * Int32(value), count: 16))
  }

  private func vector(_ row: [Int8]) -> SIMD16<Int8> { SIMD16(row) }
}
