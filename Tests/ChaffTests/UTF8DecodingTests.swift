import Chaff
import Testing

struct UTF8DecodingTests {
  @Test func `Scalars all over the range are decoded`() {
    // Every 37th, and the ends of the ranges of each length.
    let ends: [UInt32] = [0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff]
    for scalar in (Array(stride(from: 0, through: 0x10ffff, by: 37)) + ends).compactMap(Unicode.Scalar.init) {
      let bytes = Array(String(Character(scalar)).utf8)
      let result = decode(bytes)
      #expect(result.scalar == scalar.value && result.length == bytes.count, "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test(
    arguments: [
      ([0xc0, 0x80], "an overlong NUL"), ([0xc1, 0xbf], "an overlong DEL"), ([0xe0, 0x9f, 0xbf], "an overlong U+07FF"),
      ([0xf0, 0x8f, 0xbf, 0xbf], "an overlong U+FFFF"), ([0xed, 0xa0, 0x80], "the first surrogate"),
      ([0xed, 0xbf, 0xbf], "the last surrogate"), ([0xf4, 0x90, 0x80, 0x80], "above the last scalar"),
      ([0xf5, 0x80, 0x80, 0x80], "far above"), ([0xff, 0xbf, 0xbf, 0xbf], "no lead"), ([0x80], "a continuation alone"),
      ([0xc3], "one of two"), ([0xe4, 0xb8], "two of three"), ([0xf0, 0x9f, 0x98], "three of four"),
      ([0xc3, 0x28], "no continuation"), ([0xe4, 0x28, 0xad], "a gap"),
      ([0xf0, 0x9f, 0x98, 0xc0], "a lead at the end"),
    ] as [([UInt8], String)])
  func `Invalid sequences have no scalar and length 1`(_ bytes: [UInt8], _ what: String) {
    let result = decode(bytes)
    #expect(result.scalar == nil && result.length == 1, "\(what)")
  }

  @Test func `Two bytes are valid just when Swift says so`() {
    for first in UInt8(0x80)...0xff {
      for second in UInt8.min...UInt8.max {
        let text = String(validating: [first, second], as: UTF8.self)
        #expect(decode([first, second]).scalar == text?.unicodeScalars.first?.value)
      }
    }
  }

  @Test func `Three bytes are valid just when Swift says so`() {
    for first in UInt8(0xe0)...0xef {
      for second in stride(from: UInt8(0x70), through: 0xd0, by: 1) {
        let text = String(validating: [first, second, 0x85], as: UTF8.self)
        #expect(decode([first, second, 0x85]).scalar == text?.unicodeScalars.first?.value)
      }
    }
  }

  @Test func `Decoding begins at the index and stops at the end`() {
    let bytes = Array("aé中".utf8)
    #expect(decode(bytes, at: 1).scalar == 0xe9)
    #expect(decode(bytes, at: 3).scalar == 0x4e2d)
    #expect(decode(bytes, at: 3, end: 5).scalar == nil)
  }

  private func decode(_ bytes: [UInt8], at index: Int = 0, end: Int? = nil) -> (scalar: UInt32?, length: Int) {
    withBuffer(bytes) { buffer in
      guard let base = buffer.baseAddress else { return (nil, 0) }
      return UTF8Decoding.scalar(base, at: index, end: end ?? bytes.count)
    }
  }
}
