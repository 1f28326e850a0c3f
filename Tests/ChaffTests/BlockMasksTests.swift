import CLanes
import ChaffTraining
import Testing

@testable import Chaff

struct BlockMasksTests {
  private func bits(_ bytes: [UInt8], _ isIn: (UInt8) -> Bool) -> UInt64 {
    bytes.enumerated().reduce(0) { isIn($1.element) ? $0 | 1 << UInt64($1.offset) : $0 }
  }

  private func compare(_ bytes: [UInt8]) {
    for bits in [128, 256, 512] as [Int32] {
      chaff_limit_vectors(bits)
      compareOnce(bytes)
    }
  }

  private func compareOnce(_ bytes: [UInt8]) {
    let masks = bytes.withUnsafeBytes { $0.baseAddress.map { BlockMasks($0) } }
    #expect(masks?.letters == bits(bytes) { [ByteClass.lower, ByteClass.upper].contains(ByteClass.of($0)) })
    #expect(masks?.capitals == bits(bytes) { ByteClass.of($0) == ByteClass.upper })
    #expect(masks?.digits == bits(bytes) { ByteClass.of($0) == ByteClass.digit })
    #expect(masks?.marks == bits(bytes) { ByteClass.of($0) == ByteClass.other })
    #expect(masks?.wide == bits(bytes) { ByteClass.of($0) == ByteClass.wide })
    #expect(masks?.feeds == bits(bytes) { $0 == 0x0a })
    #expect(masks?.stops == bits(bytes) { [0x21, 0x2e, 0x3f].contains($0) })
  }

  @Test func `Every byte is what the scanner takes it for, in every place`() {
    for start in 0..<256 { compare((0..<64).map { UInt8(truncatingIfNeeded: start + $0) }) }
  }

  @Test func `Random blocks do as well`() {
    var generator = SplitMix64(seed: 350)
    for _ in 0..<500 { compare((0..<64).map { _ in UInt8.random(in: 0...255, using: &generator) }) }
  }

  @Test func `What is not kept is nothing`() {
    let block = [UInt8](repeating: 0x41, count: 64)
    var masks = block.withUnsafeBytes { $0.baseAddress.map { BlockMasks($0) } }
    masks?.keep(0xff)
    #expect(masks?.letters == 0xff && masks?.capitals == 0xff)
  }
}
