/// Reads a word with letters beyond ASCII.
enum WideWord {
  /// The hash of a word of letters, folded, and what the word looks like: see `chaff_hashed`.
  /// - Complexity: O(bytes).
  static func read(_ text: UnsafePointer<UInt8>, _ range: Range<Int>) -> (hash: UInt64, look: UInt8) {
    var hasher = WordHasher()
    var (letters, capitals, beginsWithCapital) = (0, 0, false)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      var isCapital = byte & 0x20 == 0
      if byte < 0x80 {
        hasher.add(byte | 0x20)
        index += 1
      } else {
        let (scalar, length) = UTF8Decoding.scalar(text, at: index, end: range.upperBound)
        guard let scalar, case .letter(let folded) = Normalization.classify(scalar) else { break }
        UTF8Decoding.encode(folded) { hasher.add($0) }
        isCapital = Normalization.isCapital(scalar, folded: folded)
        index += length
      }
      if isCapital && letters == 0 { beginsWithCapital = true }
      letters += 1
      if isCapital { capitals += 1 }
    }
    let isAll: UInt8 = capitals == letters ? 2 : 0
    return (hasher.value, capitals == 0 ? 1 : isAll | (capitals == 1 && beginsWithCapital ? 4 : 0))
  }
}
