import CLanes

/// What 64 bytes are: a mask a class, and in it a bit a byte, the first byte's lowest.
///
/// Of ASCII, until ``WideScalars`` adds the others, `letters`, `capitals`, `digits`, `feeds`, `stops` (".", "!" and "?") and
/// `marks` (stops and all else but white space); the bytes of scalars beyond ASCII (`wide`), and of these the first of
/// letters that folding changes (`folded`).
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
    folded &= bits
  }
}
