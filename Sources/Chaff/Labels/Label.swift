/// What a line is: a path of a category and, optionally, a kind inside it.
///
/// `registration/paywall` is the kind *paywall* of the category *registration*; `content` is a category alone.
public struct Label: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The whole path.
  public let path: String

  /// Creates a label from a path.
  /// - Returns: nil if the path is no label: empty, longer than 100 bytes of UTF-8, with white space, control
  ///   characters or invisible ones, or with an empty part ("a//b", "/a", "a/").
  public init?(_ path: String) {
    guard !path.utf8.isEmpty, path.utf8.count <= 100 else { return nil }
    guard path.unicodeScalars.allSatisfy({ !Self.isSpaceOrControl($0.value) }) else { return nil }
    var previous = Self.slash
    for byte in path.utf8 {
      guard byte != Self.slash || previous != Self.slash else { return nil }
      previous = byte
    }
    guard previous != Self.slash else { return nil }
    self.path = path
  }

  /// The part before the first slash.
  public var category: String {
    String(Substring(path.utf8.prefix { $0 != Self.slash }))
  }

  /// The path.
  public var description: String { path }

  private static let slash = UInt8(ascii: "/")

  private static func isSpaceOrControl(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0...0x20, 0x7f...0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000: true
    // Bidirectional controls would steer a terminal.
    case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x206f: true
    // What nobody sees would make two labels look like one. Joiners are letters' business and stay.
    case 0xad, 0x180e, 0x200b, 0x2060...0x2064, 0xfeff: true
    default: false
    }
  }

  /// Orders labels by the bytes of their paths, the slash before all others, so that a category's labels are
  /// neighbours; the same on every system.
  public static func < (left: Label, right: Label) -> Bool {
    left.path.utf8.lexicographicallyPrecedes(right.path.utf8) { a, b in
      (a == slash ? 0 : a) < (b == slash ? 0 : b)
    }
  }

  /// Labels are equal if their bytes are; Swift's string equality is canonical.
  public static func == (left: Label, right: Label) -> Bool {
    left.withBytes { left in right.withBytes { right in left.elementsEqual(right) } }
  }

  /// Hashes the bytes of the path.
  public func hash(into hasher: inout Hasher) {
    withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// Calls `body` with the bytes of the path, which are copied only where a string has them in another form (a bridged one
  /// of Apple's systems).
  private func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    path.utf8.withContiguousStorageIfAvailable(body) ?? Array(path.utf8).withUnsafeBufferPointer(body)
  }
}
