/// A 64-bit checksum that finds damage: any change of one word of eight bytes changes it.
///
/// Four lanes of multiply-and-mix, as fast as memory; it is no protection against forgery.
package enum Checksum {
  /// The checksum of bytes; the length takes part.
  /// - Complexity: O(bytes).
  package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var lanes = SIMD4<UInt64>(
      0x9e37_79b9_7f4a_7c15, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x27d4_eb2f_1656_67c5)
    let blocks = bytes.count / 32
    for block in 0..<blocks {
      let words = bytes.loadUnaligned(fromByteOffset: block * 32, as: SIMD4<UInt64>.self)
      lanes = mixed(lanes ^ littleEndian(words))
    }
    lanes = mixed(lanes ^ tail(UnsafeRawBufferPointer(rebasing: bytes[(blocks * 32)...])))
    var result = UInt64(bytes.count)
    for lane in 0..<4 { result = FeatureHash.mix(result ^ lanes[lane]) }
    return result
  }

  /// Fewer than 32 bytes, and zeros behind them. Most lines are no longer, so words are read where there are any.
  @inline(__always)
  private static func tail(_ bytes: UnsafeRawBufferPointer) -> SIMD4<UInt64> {
    var tail = SIMD4<UInt64>(repeating: 0)
    let words = bytes.count / 8
    for word in 0..<words {
      tail[word] = bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self).littleEndian
    }
    var last: UInt64 = 0
    for index in words * 8..<bytes.count { last |= UInt64(bytes[index]) &<< UInt64(8 * (index % 8)) }
    tail[words] = last
    return tail
  }

  /// A bijection of each lane.
  @inline(__always)
  private static func mixed(_ lanes: SIMD4<UInt64>) -> SIMD4<UInt64> {
    let product = lanes &* 0xbf58_476d_1ce4_e5b9
    return product ^ (product &>> 31)
  }

  @inline(__always)
  private static func littleEndian(_ words: SIMD4<UInt64>) -> SIMD4<UInt64> {
    #if _endian(little)
      return words
    #else
      return SIMD4(words.x.littleEndian, words.y.littleEndian, words.z.littleEndian, words.w.littleEndian)
    #endif
  }
}
