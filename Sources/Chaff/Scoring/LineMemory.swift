/// What short lines were found to say, by their bytes, so that a line which comes again is not worked out again.
///
/// Menus, share buttons and dates come again and again: of lines on real pages one in five is among the short ones that
/// are remembered, and on a text of nothing but such lines almost all are. A line has one place, where the next line of
/// that place takes over, so memory is bounded; and what is remembered is what would be found, to the bit, so it does not
/// matter what is.
///
/// Not `Sendable`: it owns its memory. Make one a thread.
final class LineMemory {
  /// Longer lines are not remembered. With its line feed a line has sixteen bytes, and its key ends with that.
  static let longestLine = 15
  /// How many lines are remembered at most.
  private static let placeCount = 2048
  /// Behind the places, there is room for so many lines that are new.
  static let newCount = 512
  /// In place of a form: the line is blank.
  static let blank = UInt8.max

  private let groups: Int
  /// The line at each place; 0 for none.
  private let keys: UnsafeMutablePointer<SIMD2<UInt64>>
  /// Of the line at each place, and of new lines.
  let forms: UnsafeMutablePointer<UInt8>
  /// The same: `places × groups`.
  let likelihoods: UnsafeMutablePointer<SIMD16<Float>>

  /// - Parameter groups: vectors of likelihoods a line.
  init(groups: Int) {
    self.groups = groups
    keys = .allocate(capacity: Self.placeCount)
    keys.initialize(repeating: SIMD2(0, 0), count: Self.placeCount)
    forms = .allocate(capacity: Self.placeCount + Self.newCount)
    likelihoods = .allocate(capacity: (Self.placeCount + Self.newCount) * groups)
  }

  deinit {
    keys.deallocate()
    forms.deallocate()
    likelihoods.deallocate()
  }

  /// The place of a new line.
  @inline(__always)
  static func place(ofNew index: Int) -> Int { placeCount &+ index }

  /// A line of up to ``longestLine`` bytes, and its place. Of a longer one, its beginning.
  struct Key {
    fileprivate let bytes: SIMD2<UInt64>
    let place: Int

    /// - Parameters:
    ///   - line: followed by a line feed; sixteen bytes can be read.
    ///   - count: without the line feed.
    @inline(__always)
    init(_ line: UnsafePointer<UInt8>, count: Int) {
      let raw = UnsafeRawPointer(line)
      let low = raw.loadUnaligned(as: UInt64.self).littleEndian
      let high = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self).littleEndian
      let (lowCount, highCount) = (min(count, 7), max(0, min(count, LineMemory.longestLine) &- 7))
      // Shifted twice, since a shift by 64 would do nothing.
      bytes = SIMD2(
        low & ~((~0 &<< UInt64(truncatingIfNeeded: 8 &* lowCount)) &<< 8),
        high & ~(~0 &<< UInt64(truncatingIfNeeded: 8 &* highCount & 63)) | (highCount == 8 ? high : 0))
      let hash = FeatureHash.fold(bytes.x ^ (bytes.y &* 0x9e37_79b9_7f4a_7c15))
      place = Int(truncatingIfNeeded: hash & UInt64(LineMemory.placeCount &- 1))
    }
  }

  /// Whether a line is remembered.
  @inline(__always)
  func has(_ key: Key) -> Bool {
    let difference = keys[key.place] ^ key.bytes
    return difference.x | difference.y == 0
  }

  /// Remembers a new line.
  @inline(__always)
  func remember(_ key: Key, new: Int) {
    let from = Self.place(ofNew: new)
    keys[key.place] = key.bytes
    forms[key.place] = forms[from]
    for group in 0..<groups { likelihoods[key.place &* groups &+ group] = likelihoods[from &* groups &+ group] }
  }
}
