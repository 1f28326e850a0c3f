import Chaff
import ChaffTraining
import Testing

struct ChecksumTests {
  @Test(arguments: [1, 7, 8, 9, 31, 32, 33, 64, 100])
  func `Any single bit changes it`(_ count: Int) {
    var generator = SplitMix64(seed: 7)
    var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    var seen: Set<UInt64> = [checksum(bytes)]
    for bit in 0..<count * 8 {
      bytes[bit / 8] ^= 1 << (bit % 8)
      #expect(seen.insert(checksum(bytes)).inserted, "bit \(bit)")
      bytes[bit / 8] ^= 1 << (bit % 8)
    }
  }

  @Test func `The length takes part`() {
    let sums = (0...70).map { checksum(Array(repeating: 0, count: $0)) }
    #expect(Set(sums).count == sums.count)
  }

  @Test func `Swapped words change it`() {
    let bytes = (0..<64).map { UInt8($0) }
    for offset in stride(from: 8, to: 64, by: 8) {
      let swapped = bytes[offset..<offset + 8] + bytes[8..<offset] + bytes[0..<8] + bytes[(offset + 8)...]
      #expect(checksum(Array(swapped)) != checksum(bytes))
    }
  }

  @Test func `It does not depend on where the bytes lie`() {
    let bytes = (0..<77).map { UInt8($0) }
    for shift in 0..<9 {
      let moved = [UInt8](repeating: 0xff, count: shift) + bytes
      let sum = moved.withUnsafeBytes { Checksum.of(UnsafeRawBufferPointer(rebasing: $0[shift...])) }
      #expect(sum == checksum(bytes))
    }
  }

  private func checksum(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBytes { Checksum.of($0) }
  }
}
