import ChaffTraining

/// Hostile texts made up from a seed, each ended by a line feed, for what must hold for any bytes.
enum RandomTexts {
  /// Thirty texts of up to 300 pieces. Every third seed gives only pieces that are ASCII, so that whole blocks are.
  static func made(of pieces: [[UInt8]], seed: UInt64, of family: UInt64) -> [[UInt8]] {
    var generator = SplitMix64(seed: family + seed)
    let pieces = seed % 3 == 0 ? pieces.filter { $0.allSatisfy { $0 < 0x80 } } : pieces
    return (0..<30).map { _ in
      let count = Int.random(in: 0...300, using: &generator)
      return (0..<count).flatMap { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] } + [0x0a]
    }
  }

  /// Three hundred texts of up to 400 bytes, none above the largest.
  static func bytes(upTo largest: UInt8, seed: UInt64) -> [[UInt8]] {
    var generator = SplitMix64(seed: seed)
    return (0..<300).map { _ in
      let count = Int.random(in: 0...400, using: &generator)
      return (0..<count).map { _ in UInt8.random(in: 0...largest, using: &generator) } + [0x0a]
    }
  }
}
