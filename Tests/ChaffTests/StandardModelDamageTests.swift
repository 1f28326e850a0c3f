import Chaff
import ChaffTraining
import Testing

/// The standard model's own bytes, damaged.
struct StandardModelDamageTests {
  private let file = Array(ModelBytes(standard: ()).bytes)

  private func isRefused(_ file: [UInt8]) -> Bool { (try? TestModel.open(file)) == nil }

  @Test func `Every bit of the header`() {
    var file = file
    for bit in 0..<128 * 8 {
      file[bit / 8] ^= 1 << (bit % 8)
      #expect(isRefused(file), "bit \(bit)")
      file[bit / 8] ^= 1 << (bit % 8)
    }
  }

  @Test func `Ten thousand bits of the body`() {
    var file = file
    var generator = SplitMix64(seed: 171)
    for _ in 0..<10_000 {
      let bit = Int.random(in: 128 * 8..<file.count * 8, using: &generator)
      file[bit / 8] ^= 1 << (bit % 8)
      #expect(isRefused(file), "bit \(bit)")
      file[bit / 8] ^= 1 << (bit % 8)
    }
    #expect(!isRefused(file))
  }

  @Test func `A thousand truncations, and as many times something behind`() {
    var generator = SplitMix64(seed: 172)
    for _ in 0..<1_000 {
      #expect(isRefused(Array(file[..<Int.random(in: 0..<file.count, using: &generator)])))
      #expect(isRefused(file + [UInt8](repeating: 0, count: .random(in: 1...200, using: &generator))))
    }
  }

  /// As when a model is overwritten in place while it is read: the beginning of one and the end of another.
  @Test func `Halves of two models`() throws {
    let other = try TestModel.trained.get()
    for cut in [64, 128, 1_000, other.count - 64] {
      #expect(isRefused(Array(file[..<cut]) + other[cut...]))
      #expect(isRefused(Array(other[..<cut]) + file[cut...]))
    }
    var generator = SplitMix64(seed: 173)
    for _ in 0..<100 {
      var mixed = file
      let start = Int.random(in: 128..<file.count - 4096, using: &generator)
      mixed.replaceSubrange(start..<start + 4096, with: (0..<4096).map { _ in .random(in: 0...255, using: &generator) })
      #expect(isRefused(mixed))
    }
  }
}
