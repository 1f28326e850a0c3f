import Testing

@testable import ChaffTraining

struct ParallelTests {
  @Test(arguments: [0, 1, 2, 7, 1000])
  func eachNumberIsDoneOnceAndInItsPlace(_ count: Int) {
    #expect(Parallel.map(count) { $0 * $0 } == (0..<count).map { $0 * $0 })
  }

  @Test(arguments: [0, 1, 3, 64, 1001])
  func partsMakeTheWhole(_ count: Int) {
    let parts = Parallel.parts(of: 5..<5 + count)
    #expect(parts.flatMap { Array($0) } == Array(5..<5 + count))
    #expect(Parallel.processorCount >= 1)
  }

  @Test(arguments: [0, 1, 31, 32, 33, 100])
  func piecesComeInOrder(_ count: Int) {
    let pieces = Parallel.inOrder(7..<7 + count, atOnce: 32) { Array($0) }
    #expect(pieces.allSatisfy { $0.count <= 32 && !$0.isEmpty })
    #expect(pieces.flatMap { $0 } == Array(7..<7 + count))
  }

  @Test(arguments: [0, 1, 31, 32, 33, 1000], [1, 2, 7])
  func workersDoEachPieceOnce(_ count: Int, _ workers: Int) {
    var done = [[Int]](repeating: [], count: workers)
    let pieces = Parallel.inOrder(7..<7 + count, atOnce: 32, &done) { own, piece in
      own += Array(piece)
      return Array(piece)
    }
    #expect(pieces.flatMap { $0 } == Array(7..<7 + count))
    #expect(done.flatMap { $0 }.sorted() == Array(7..<7 + count))
  }
}
