/// What a line is: a path of a category and, optionally, a kind inside it.
///
/// `registration/paywall` is the kind *paywall* of the category *registration*; `content` is a category alone.
public struct Label: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The whole path.
  public let path: String

  /// Creates a label from a path.
  /// - Returns: nil if the path is no label: empty, longer than 100 bytes of UTF-8, with white space or control
  ///   characters, or with an empty part ("a//b", "/a", "a/").
  public init?(_ path: String) {
    let bytes = path.utf8
    guard !bytes.isEmpty, bytes.count <= 100 else { return nil }
    guard path.unicodeScalars.allSatisfy({ $0.value > 0x20 && !(0x7f...0xa0).contains($0.value) }) else { return nil }
    guard path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }) else { return nil }
    self.path = path
  }

  /// The part before the first slash.
  public var category: String {
    String(path.prefix { $0 != "/" })
  }

  /// The path.
  public var description: String { path }

  /// Orders labels by the bytes of their paths, the same on every system.
  public static func < (left: Label, right: Label) -> Bool {
    left.path.utf8.lexicographicallyPrecedes(right.path.utf8)
  }

  /// Labels are equal if their bytes are; Swift's string equality is canonical.
  public static func == (left: Label, right: Label) -> Bool {
    left.path.utf8.elementsEqual(right.path.utf8)
  }

  /// Hashes the bytes of the path.
  public func hash(into hasher: inout Hasher) {
    for byte in path.utf8 { hasher.combine(byte) }
  }
}
