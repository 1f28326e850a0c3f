/// What a mark says that says more than its kind.
enum SpecialMark {
  /// A kind of mark that could not be told by its first byte.
  case mark(LineLook.Mark)
  /// The sign of an address.
  case address
  /// A colon between digits.
  case time
  case nothing
  /// What stands before a colon is beyond ASCII.
  case unknown

  /// Reads a colon, a slash, an at sign, or a mark beyond ASCII.
  /// - Parameters:
  ///   - text: one byte more can be read than the lines have.
  ///   - position: of the mark.
  ///   - lineStart: where its line begins.
  ///   - end: where the lines end.
  @inline(__always)
  static func read(_ text: UnsafePointer<UInt8>, at position: Int, lineStart: Int, end: Int) -> SpecialMark {
    switch text[position] {
    case 0x40: return .address
    case 0x2f: return position > lineStart && text[position &- 1] == 0x2f ? .address : .nothing
    case 0x3a: return colon(text, at: position, lineStart: lineStart)
    default:
      guard let scalar = UTF8Decoding.scalar(text, at: position, end: end).scalar else { return .mark(.other) }
      return LineLook.Mark(symbol: scalar).map { .mark($0) } ?? .nothing
    }
  }

  /// A time of day, if a digit follows, and what was last seen before the colon is a digit, spaces aside.
  private static func colon(_ text: UnsafePointer<UInt8>, at position: Int, lineStart: Int) -> SpecialMark {
    guard ByteClass.of(text[position &+ 1]) == ByteClass.digit else { return .nothing }
    var before = position
    while before > lineStart && ByteClass.of(text[before &- 1]) == ByteClass.space { before &-= 1 }
    guard before > lineStart else { return .nothing }
    if text[before &- 1] >= 0x80 { return .unknown }
    return ByteClass.of(text[before &- 1]) == ByteClass.digit ? .time : .nothing
  }
}
