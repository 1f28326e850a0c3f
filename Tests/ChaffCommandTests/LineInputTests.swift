import ChaffTraining
import Foundation
import Testing

@testable import ChaffCommand

struct LineInputTests {
  @Test func `Bytes that are put back are read again, before all others`() throws {
    var generator = SplitMix64(seed: 77)
    for size in [0, 1, 300, 5000, 200_000] {
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) | 1 }
      let files = try Scratch()
      let path = files.path("bytes")
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let file = try #require(FileHandle(forReadingAtPath: path))
      let input = LineInput(descriptor: file.fileDescriptor)
      #expect(try !input.isUTF16())
      var found: [UInt8] = []
      while true {
        let memory = UnsafeMutableBufferPointer<UInt8>.allocate(
          capacity: Int.random(in: 1...70_000, using: &generator))
        defer { memory.deallocate() }
        let count = try input.read(into: memory)
        if count == 0 { break }
        let kept = Int.random(in: 0...count, using: &generator)
        found += memory[..<kept]
        input.putBack(UnsafeBufferPointer(rebasing: memory[kept..<count]))
        // Line by line and block by block, it goes on from there.
        let unread = try input.unread()
        let taken = min(unread.count, Int.random(in: 0...3, using: &generator))
        found += unread[..<taken]
        input.take(taken)
      }
      #expect(found == bytes)
    }
  }
}
