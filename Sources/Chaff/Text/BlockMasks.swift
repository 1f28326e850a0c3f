import CLanes

/// What 64 bytes are: a mask a class, and in it a bit a byte, the first byte's lowest.
///
/// `letters` and `capitals` (of ASCII), `digits`, `feeds`, `stops` (".", "!" and "?"), `marks` (stops and all else but
/// white space), `wide` (the bytes of scalars beyond ASCII), `folded` (of letters beyond ASCII that folding changes).
typealias BlockMasks = chaff_block_masks

extension chaff_block_masks {
  /// Reads 64 bytes. Many blocks are read at once by `chaff_read_masks`.
  init(_ bytes: UnsafeRawPointer) {
    self.init()
    chaff_read_masks(bytes.assumingMemoryBound(to: UInt8.self), 1, &self)
  }

  /// Forgets the bytes that are not among the given bits.
  mutating func keep(_ bits: UInt64) {
    letters &= bits
    capitals &= bits
    digits &= bits
    feeds &= bits
    stops &= bits
    marks &= bits
    wide &= bits
  }
}
