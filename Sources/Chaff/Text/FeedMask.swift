import CByteMask

/// Where line feeds stand in 64 bytes.
enum FeedMask {
  /// A bit for each line feed; the first byte's is the lowest.
  @inline(__always)
  static func of(_ bytes: UnsafeRawPointer) -> UInt64 {
    var mask: UInt64 = 0
    for part in 0..<4 {
      let matches =
        bytes.loadUnaligned(fromByteOffset: 16 &* part, as: SIMD16<UInt8>.self) .== SIMD16<UInt8>(repeating: 0x0a)
      mask |= chaff_top_bits(unsafeBitCast(matches, to: SIMD16<UInt8>.self)) &<< UInt64(16 &* part)
    }
    return mask
  }
}
